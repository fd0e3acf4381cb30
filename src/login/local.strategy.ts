import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import { UserStore } from '../users/index.js';
import type { User } from '../users/index.js';

/** User name and password, through Passport. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly users: UserStore) {
    super();
  }

  async validate(username: string, password: string): Promise<User | null> {
    return this.users.authenticate(username, password);
  }
}
