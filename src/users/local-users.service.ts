import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { QueryFailedError, Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm';
import { v4 as uuid } from 'uuid';
import { PasswordHasher } from '../common/index.js';
import { LocalUser } from './local-user.entity.js';
import type { User, UserClaims } from './user.js';
import { UserExistsError } from './user-exists.error.js';
import { UserStore } from './user-store.js';

/** What is needed to make a user. */
export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly subject?: string;
  readonly roles?: readonly string[];
  readonly claims?: UserClaims;
}

/** The users that Gatehouse keeps itself. */
@Injectable()
export class LocalUsersService extends UserStore {
  constructor(
    @InjectRepository(LocalUser) private readonly users: Repository<LocalUser>,
    private readonly hasher: PasswordHasher,
  ) {
    super();
  }

  async findBySubject(subject: string): Promise<User | null> {
    const user = await this.users.findOneBy({ subject, disabled: false });
    return user && toUser(user);
  }

  /** The user, disabled or not. */
  find(subject: string): Promise<LocalUser | null> {
    return this.users.findOneBy({ subject });
  }

  /** The user who signs in with that name, disabled or not. */
  findByUsername(username: string): Promise<LocalUser | null> {
    return this.users.findOneBy({ username: canonical(username) });
  }

  async authenticate(username: string, password: string): Promise<User | null> {
    const user = await this.users.findOneBy({ username: canonical(username), disabled: false });
    const matches = await this.hasher.verify(user?.passwordHash ?? null, password);
    return user && matches ? toUser(user) : null;
  }

  async hasAdministrator(): Promise<boolean> {
    return this.users.createQueryBuilder('user').where("'admin' = ANY(user.roles)").getExists();
  }

  /**
   * Makes a user whom there was not. An INSERT, never an UPDATE: nobody is taken over by name.
   * @throws UserExistsError
   */
  async create(user: NewUser): Promise<User> {
    const row = {
      subject: user.subject ?? uuid(),
      username: canonical(user.username),
      passwordHash: await this.hasher.hash(user.password),
      claims: user.claims ?? {},
      roles: [...(user.roles ?? [])],
      disabled: false,
    } as LocalUser;
    try {
      await this.users.insert(row as QueryDeepPartialEntity<LocalUser>);
    } catch (error) {
      throw isDuplicate(error) ? new UserExistsError() : error;
    }
    return toUser(row);
  }

  /** Makes a user, or brings one of that name to this state. The hash is kept while the password is the same. */
  async put(user: NewUser): Promise<User> {
    const username = canonical(user.username);
    const known = await this.users.findOneBy({ username });
    const unchanged = known && (await this.hasher.verify(known.passwordHash, user.password));
    const saved = await this.users.save({
      ...(known ?? { subject: user.subject ?? uuid(), username, disabled: false }),
      passwordHash: unchanged ? known.passwordHash : await this.hasher.hash(user.password),
      claims: user.claims ?? {},
      roles: [...(user.roles ?? [])],
    } as LocalUser);
    return toUser(saved);
  }

  /** Who is disabled cannot sign in. Whoever calls this also ends what the user has. */
  async setDisabled(subject: string, disabled: boolean): Promise<boolean> {
    const { affected } = await this.users.update({ subject }, { disabled });
    return Boolean(affected);
  }
}

const canonical = (username: string): string => username.normalize('NFKC').trim().toLowerCase();

/** PostgreSQL's unique_violation. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505';

const toUser = (user: LocalUser): User => ({
  subject: user.subject,
  username: user.username,
  claims: user.claims,
  roles: user.roles,
});
