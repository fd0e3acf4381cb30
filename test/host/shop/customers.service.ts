import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Customer } from './customer.entity.js';

const COST = { N: 1024 };

/** The shop's own accounts, as they were there before Gatehouse came. */
@Injectable()
export class CustomersService {
  constructor(@InjectRepository(Customer) private readonly customers: Repository<Customer>) {}

  find(number: string): Promise<Customer | null> {
    return this.customers.findOneBy({ number });
  }

  async withPassword(email: string, password: string): Promise<Customer | null> {
    const customer = await this.customers.findOneBy({ email });
    return customer && isRight(password, customer.passwordHash) ? customer : null;
  }

  add(number: string, email: string, name: string, password: string): Promise<Customer> {
    return this.customers.save({ number, email, name, passwordHash: hashOf(password) });
  }
}

function hashOf(password: string): string {
  const salt = randomBytes(8);
  return `${salt.toString('hex')}:${scryptSync(password, salt, 16, COST).toString('hex')}`;
}

function isRight(password: string, kept: string): boolean {
  const [salt, hash] = kept.split(':').map((half) => Buffer.from(half, 'hex'));
  return timingSafeEqual(scryptSync(password, salt!, 16, COST), hash!);
}
