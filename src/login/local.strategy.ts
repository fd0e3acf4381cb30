import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
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

  async validate(username: string, password: string): Promise<User | null> {
    return this.users.authenticate(username, password);
  }
}
