import type { User } from './user.js';

/** Where the users live: the port that a host application binds to its own. */
export abstract class UserStore {
  /**
   * Whether removing or disabling a user also ends what the user holds (`AuthorizationsService.revokeOfSubject`).
   * Where it does not, whoever refreshes is looked up each time.
   */
  readonly endsTokens: boolean = false;

  /** The user, or null when there is none or it may not be used any more. */
  abstract findBySubject(subject: string): Promise<User | null>;

  /** The user whose credentials these are; null for every reason why not, in the same time. */
  abstract authenticate(username: string, password: string): Promise<User | null>;
}
