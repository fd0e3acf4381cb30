import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import { EventsService } from '../events/index.js';
import { LocalUsersService, UserExistsError, UserStore } from '../users/index.js';
import type { NewUser, User } from '../users/index.js';
import { TAKEN } from './sign-up-form.js';
import type { Faults } from './sign-up-form.js';

/** Makes the accounts that people ask for. */
@Injectable()
export class SignUps implements OnModuleInit {
  constructor(
    private readonly users: LocalUsersService,
    private readonly store: UserStore,
    private readonly events: EventsService,
  ) {}

  /** @throws Error when users are kept elsewhere: who was made here could never sign in */
  onModuleInit(): void {
    if (this.store !== this.users)
      throw new Error('signUp.enabled needs the users that Gatehouse keeps itself');
  }

  /** The record says that the user did it. The hash is only paid for a name that is free. */
  async make(user: NewUser, ip: string | undefined): Promise<{ user: User } | { faults: Faults }> {
    const subject = uuid();
    if (await this.users.findByUsername(user.username)) return { faults: { username: TAKEN } };
    try {
      const made = await this.users.create({ ...user, subject }, { by: subject, ip });
      this.events.emit('user.signed_up', { subject, username: made.username });
      return { user: made };
    } catch (error) {
      if (error instanceof UserExistsError) return { faults: { username: TAKEN } };
      throw error;
    }
  }
}
