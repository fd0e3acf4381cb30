import { Injectable, Module } from '@nestjs/common';
import { UserStore } from 'gatehouse';
import type { User } from 'gatehouse';

const CUSTOMERS = [
  { number: 'c-1', email: 'ada@shop.test', secret: 'analytical engine' },
  { number: 'c-2', email: 'bob@shop.test', secret: 'difference engine' },
];

/** The customers of a shop, which were there before any authorization server. */
@Injectable()
export class Customers extends UserStore {
  override findBySubject(subject: string): Promise<User | null> {
    return Promise.resolve(toUser(CUSTOMERS.find(({ number }) => number === subject)));
  }

  override authenticate(username: string, password: string): Promise<User | null> {
    const known = CUSTOMERS.find(({ email, secret }) => email === username && secret === password);
    return Promise.resolve(toUser(known));
  }
}

const toUser = (customer: (typeof CUSTOMERS)[number] | undefined): User | null =>
  customer
    ? {
        subject: customer.number,
        username: customer.email,
        claims: { email: customer.email },
        roles: ['customer'],
      }
    : null;

@Module({ providers: [Customers], exports: [Customers] })
export class CustomersModule {}
