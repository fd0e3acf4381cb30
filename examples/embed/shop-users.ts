import { Injectable } from '@nestjs/common';
import { UserStore } from 'gatehouse';
import type { User } from 'gatehouse';
import type { Customer } from './customer.entity.js';
import { Customers } from './customers.service.js';

/** The shop's customers, as Gatehouse has to know them. */
@Injectable()
export class ShopUsers extends UserStore {
  constructor(private readonly customers: Customers) {
    super();
  }

  async findBySubject(subject: string): Promise<User | null> {
    return userOf(await this.customers.byNumber(subject));
  }

  async authenticate(username: string, password: string): Promise<User | null> {
    return userOf(await this.customers.byPassword(username, password));
  }
}

const userOf = (customer: Customer | null): User | null =>
  customer && {
    subject: customer.number,
    username: customer.email,
    claims: { name: customer.name, email: customer.email, email_verified: true },
    roles: [],
  };
