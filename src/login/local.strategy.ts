import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Passport } from 'passport';
import type { PassportStatic } from 'passport';
import { Strategy } from 'passport-local';
import { UserStore } from '../users/index.js';
import type { User } from '../users/index.js';

/** User name and password, through Passport. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly users: UserStore) {
    super();
  }

  /** Its own: a host application commonly has a strategy named `local` as well, and the last one would win. */
  getPassportInstance(): PassportStatic {
    return new Passport() as PassportStatic;
  }

  /**
   * From the form alone: passport-local would look into the address as well, which ends up in logs. And by a copy:
   * Passport writes the request's callbacks into a strategy that it is handed, where the next request replaces them.
   */
  override authenticate({ body }: Request, options?: object): void {
    const own = Object.assign(Object.create(LocalStrategy.prototype) as this, this);
    super.authenticate.call(own, { body } as Request, options);
  }

  async validate(username: string, password: string): Promise<User | null> {
    return this.users.authenticate(username, password);
  }
}
