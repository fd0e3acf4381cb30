import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Customer } from './customer.entity.js';

const hash = promisify(scrypt) as (password: string, salt: Buffer, length: number) => Promise<Buffer>;
/** Compared with when there is no such customer, so that the time of an answer does not tell. */
const NOBODY = `${'00'.repeat(16)}:${'00'.repeat(32)}`;

/** The shop's accounts, with its own way of keeping passwords. */
@Injectable()
export class Customers implements OnModuleInit {
  constructor(@InjectRepository(Customer) private readonly customers: Repository<Customer>) {}

  /** Somebody to try it with. */
  async onModuleInit(): Promise<void> {
    if (await this.byNumber('C-1001')) return;
    const passwordHash = await kept('tea for two');
    await this.customers.insert({
      number: 'C-1001',
      email: 'carla@example.com',
      name: 'Carla',
      passwordHash,
    });
  }

  byNumber(number: string): Promise<Customer | null> {
    return this.customers.findOneBy({ number });
  }

  async byPassword(email: string, password: string): Promise<Customer | null> {
    const customer = await this.customers.findOneBy({ email });
    const [salt, expected] = (customer?.passwordHash ?? NOBODY)
      .split(':')
      .map((half) => Buffer.from(half, 'hex'));
    const isRight = timingSafeEqual(await hash(password, salt!, 32), expected!);
    return isRight ? customer : null;
  }
}

async function kept(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await hash(password, salt, 32)).toString('hex')}`;
}
