import { Injectable } from '@nestjs/common';
import { UserStore } from '../../../src/index.js';
import type { User } from '../../../src/index.js';
import type { Customer } from './customer.entity.js';
import { CustomersService } from './customers.service.js';

/** What Gatehouse has to know of the shop's customers. */
@Injectable()
export class AppUsers extends UserStore {
  constructor(private readonly customers: CustomersService) {
    super();
  }

  async findBySubject(subject: string): Promise<User | null> {
    return userOf(await this.customers.find(subject));
  }

  async authenticate(username: string, password: string): Promise<User | null> {
    return userOf(await this.customers.withPassword(username, password));
  }
}

const userOf = (customer: Customer | null): User | null =>
  customer && {
    subject: customer.number,
    username: customer.email,
    claims: { name: customer.name, email: customer.email },
    roles: [],
  };
