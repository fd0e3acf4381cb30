import { Injectable } from '@nestjs/common';
import { THE_SERVER } from '../audit/index.js';
import type { Actor } from '../audit/index.js';
import { randomToken } from '../common/index.js';
import { SessionsService } from '../sessions/index.js';
import { AuthorizationsService } from '../tokens/index.js';
import { LocalUsersService } from '../users/index.js';
import type { LocalUser } from '../users/index.js';
import { assertClaims } from './claims.js';
import { assertSameTag, entityTag } from './entity-tag.js';
import { refuseNulls } from './json-fields.js';
import { DeclaredUserError, OwnUserError, UserNotFoundError } from './user-errors.js';

const PASSWORD_LENGTH = 20;

/** A user, and the password that nobody will ever see again. */
export interface UserWithPassword {
  readonly user: LocalUser;
  readonly password: string;
}

/** What may be changed of a user; a claim that is null goes away. */
export interface UserPatch {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly roles?: readonly string[];
}

export type UserToMake = UserPatch & { readonly username: string };

/** What administrators do with the users that Gatehouse itself keeps. */
@Injectable()
export class UserAdministrationService {
  constructor(
    private readonly users: LocalUsersService,
    private readonly sessions: SessionsService,
    private readonly authorizations: AuthorizationsService,
  ) {}

  list(page: { offset: number; limit: number; username?: string }): Promise<[LocalUser[], number]> {
    return this.users.list(page);
  }

  /** Does the configuration file hold the user, who is then changed there only? */
  isDeclared({ subject }: LocalUser): boolean {
    return this.users.isDeclared(subject);
  }

  /** @throws UserNotFoundError */
  async get(subject: string): Promise<LocalUser> {
    const user = await this.users.find(subject);
    if (!user) throw new UserNotFoundError();
    return user;
  }

  /** The password is made here. @throws UserExistsError, InvalidRequestError */
  async create({ username, ...state }: UserToMake, actor: Actor): Promise<UserWithPassword> {
    refuseNulls(state, []);
    assertClaims(state.claims);
    const password = generatedPassword();
    const claims = mergedClaims({}, state.claims ?? {});
    const { subject } = await this.users.create({ username, password, claims, roles: state.roles }, actor);
    return { user: await this.get(subject), password };
  }

  /**
   * What the patch does not name is kept. @param ifMatch the If-Match header
   * @throws UserNotFoundError, DeclaredUserError, LastAdministratorError, VersionConflictError, InvalidRequestError
   */
  async patch(subject: string, patch: UserPatch, actor: Actor, ifMatch?: string): Promise<LocalUser> {
    this.assertEditable(subject);
    refuseNulls(patch, []);
    assertClaims(patch.claims);
    const changed = await this.users.change(
      subject,
      (user) => {
        assertSameTag(userTag(user), ifMatch);
        const claims = mergedClaims(user.claims, patch.claims ?? {});
        return { claims, roles: [...(patch.roles ?? user.roles)] };
      },
      actor,
    );
    if (!changed) throw new UserNotFoundError();
    return changed;
  }

  /**
   * Whoever knew the old password has nothing left either.
   * @throws UserNotFoundError, DeclaredUserError
   */
  async resetPassword(subject: string, actor: Actor): Promise<UserWithPassword> {
    this.assertEditable(subject);
    const password = generatedPassword();
    if (!(await this.users.setPassword(subject, password, actor))) throw new UserNotFoundError();
    await this.endEverything(subject, 'the password was reset');
    return { user: await this.get(subject), password };
  }

  /**
   * Ends at once whatever the user has: sign-in first, so that nothing new can begin behind the rest.
   * @throws UserNotFoundError, OwnUserError, LastAdministratorError
   */
  async disable(subject: string, editor: Actor): Promise<LocalUser> {
    if (subject === editor.by) throw new OwnUserError();
    const user = await this.users.change(subject, () => ({ disabled: true }), editor, 'user.disabled');
    if (!user) throw new UserNotFoundError();
    await this.endEverything(subject, 'the user was disabled');
    return user;
  }

  /** @throws UserNotFoundError */
  async enable(subject: string, editor: Actor = THE_SERVER): Promise<LocalUser> {
    const user = await this.users.change(subject, () => ({ disabled: false }), editor, 'user.enabled');
    if (!user) throw new UserNotFoundError();
    return user;
  }

  private async endEverything(subject: string, reason: string): Promise<void> {
    await this.sessions.endOfSubject(subject, reason);
    await this.authorizations.revokeOfSubject(subject, reason);
  }

  private assertEditable(subject: string): void {
    if (this.users.isDeclared(subject)) throw new DeclaredUserError();
  }
}

/** The entity tag of what is shown of a user. */
export const userTag = ({ username, claims, roles, disabled }: LocalUser): string =>
  entityTag({ username, claims, roles, disabled });

const generatedPassword = (): string => randomToken().slice(0, PASSWORD_LENGTH);

/** RFC 7396, one level deep: a claim is replaced as a whole. */
const mergedClaims = (claims: object, patch: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...claims, ...patch }).filter(([, value]) => value !== null));
