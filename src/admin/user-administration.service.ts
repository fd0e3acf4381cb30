import { Injectable } from '@nestjs/common';
import type { Editor } from '../clients/index.js';
import { SessionsService } from '../sessions/index.js';
import { AuthorizationsService } from '../tokens/index.js';
import { LocalUsersService } from '../users/index.js';
import type { LocalUser } from '../users/index.js';
import { OwnUserError, UserNotFoundError } from './user-errors.js';

/** What administrators do with the users that Gatehouse itself keeps. */
@Injectable()
export class UserAdministrationService {
  constructor(
    private readonly users: LocalUsersService,
    private readonly sessions: SessionsService,
    private readonly authorizations: AuthorizationsService,
  ) {}

  /** @throws UserNotFoundError */
  async get(subject: string): Promise<LocalUser> {
    const user = await this.users.find(subject);
    if (!user) throw new UserNotFoundError();
    return user;
  }

  /**
   * Ends at once whatever the user has: sign-in first, so that nothing new can begin behind the rest.
   * @throws UserNotFoundError, OwnUserError
   */
  async disable(subject: string, editor: Editor): Promise<LocalUser> {
    if (subject === editor.by) throw new OwnUserError();
    if (!(await this.users.setDisabled(subject, true))) throw new UserNotFoundError();
    await this.sessions.endOfSubject(subject);
    await this.authorizations.revokeOfSubject(subject, 'the user was disabled');
    return this.get(subject);
  }

  /** @throws UserNotFoundError */
  async enable(subject: string): Promise<LocalUser> {
    if (!(await this.users.setDisabled(subject, false))) throw new UserNotFoundError();
    return this.get(subject);
  }
}
