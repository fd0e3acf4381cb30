import { Injectable } from '@nestjs/common';
import { In, Like, QueryFailedError, Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm';
import { v4 as uuid } from 'uuid';
import { AuditService, HIDDEN, THE_CONFIGURATION_FILE, THE_SERVER, changesBetween } from '../audit/index.js';
import type { Actor, AuditAction, Changes } from '../audit/index.js';
import { PasswordHasher } from '../common/index.js';
import { Database, InjectRepository, prepared } from '../database/index.js';
import { LocalUser } from './local-user.entity.js';
import type { User, UserClaims } from './user.js';
import { LastAdministratorError } from './user-errors.js';
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

/** What may be changed of a user who exists, beside the password. */
export type UserState = Pick<LocalUser, 'claims' | 'roles' | 'disabled'>;

const ADMINISTRATORS = `SELECT subject FROM gh_user WHERE 'admin' = ANY(roles) AND NOT disabled
  ORDER BY subject FOR UPDATE`;
const PASSWORD_CHANGE: Changes = { password: { before: HIDDEN, after: HIDDEN } };

/** At every call of an API and every authorization request: without hydration. */
const FIND = prepared(
  'SELECT subject, username, claims, roles FROM gh_user WHERE subject = $1 AND NOT disabled',
);

/** The users that Gatehouse keeps itself. */
@Injectable()
export class LocalUsersService extends UserStore {
  override readonly endsTokens = true;

  private readonly declared = new Set<string>();

  constructor(
    @InjectRepository(LocalUser) private readonly users: Repository<LocalUser>,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {
    super();
  }

  async findBySubject(subject: string): Promise<User | null> {
    const [user] = await this.database.run<User>(FIND, [subject]);
    return user ?? null;
  }

  /** The user, disabled or not. */
  find(subject: string): Promise<LocalUser | null> {
    return this.users.findOneBy({ subject });
  }

  /** Those of the users that exist, disabled or not, in no particular order. */
  async findMany(subjects: readonly string[]): Promise<LocalUser[]> {
    return subjects.length === 0 ? [] : this.users.findBy({ subject: In(subjects) });
  }

  /** The user who signs in with that name, disabled or not. */
  findByUsername(username: string): Promise<LocalUser | null> {
    return this.users.findOneBy({ username: canonical(username) });
  }

  /** A page of users by name, and how many there are in all. @param page.username how the names begin */
  list(page: { offset: number; limit: number; username?: string }): Promise<[LocalUser[], number]> {
    const { username } = page;
    return this.users.findAndCount({
      where: username === undefined ? {} : { username: Like(`${literal(canonical(username))}%`) },
      order: { username: 'ASC' },
      skip: page.offset,
      take: page.limit,
    });
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
  async create(user: NewUser, actor: Actor = THE_SERVER): Promise<User> {
    const row = {
      subject: user.subject ?? uuid(),
      username: canonical(user.username),
      passwordHash: await this.hasher.hash(user.password),
      claims: user.claims ?? {},
      roles: [...(user.roles ?? [])],
      disabled: false,
    } as LocalUser;
    const entry = entryOf(actor, 'user.created', row.subject, changesBetween(null, stateOf(row)));
    try {
      await this.audit.commit(entry, (manager) =>
        manager.insert(LocalUser, row as QueryDeepPartialEntity<LocalUser>),
      );
    } catch (error) {
      throw isDuplicate(error) ? new UserExistsError() : error;
    }
    return toUser(row);
  }

  /** What the configuration file says: it is said again at every start, so changing the user elsewhere is in vain. */
  async declare(user: NewUser): Promise<void> {
    const { subject } = await this.put(user, THE_CONFIGURATION_FILE);
    this.declared.add(subject);
  }

  isDeclared(subject: string): boolean {
    return this.declared.has(subject);
  }

  /**
   * Makes a user, or brings one of that name to this state. The hash is kept while the password is the same, and
   * nothing is written when nothing changes.
   */
  async put(user: NewUser, actor: Actor = THE_SERVER): Promise<User> {
    const known = await this.findByUsername(user.username);
    if (!known) return this.create(user, actor);
    const { subject, passwordHash } = known;
    const isSame = await this.hasher.verify(passwordHash, user.password);
    const state = { claims: user.claims ?? {}, roles: [...(user.roles ?? [])] };
    const { claims, roles } = known;
    const changes = { ...changesBetween({ claims, roles }, state), ...(!isSame && PASSWORD_CHANGE) };
    if (Object.keys(changes).length === 0) return toUser(known);
    const row = { ...state, passwordHash: isSame ? passwordHash : await this.hasher.hash(user.password) };
    await this.audit.commit(entryOf(actor, 'user.updated', subject, changes), (manager) =>
      manager.update(LocalUser, { subject }, row as QueryDeepPartialEntity<LocalUser>),
    );
    return toUser({ ...known, ...row });
  }

  /**
   * Changes what is there now, whoever else changes it. Whoever disables a user also ends what the user has.
   * @param change is given the user as nobody else can change it meanwhile
   * @returns null when there is no such user
   * @throws LastAdministratorError
   */
  change(
    subject: string,
    change: (user: LocalUser) => Partial<UserState>,
    actor: Actor,
    action: AuditAction = 'user.updated',
  ): Promise<LocalUser | null> {
    return this.audit.transaction(async (manager) => {
      const administrators = await manager.query<{ subject: string }[]>(ADMINISTRATORS);
      const user = await manager.findOne(LocalUser, {
        where: { subject },
        lock: { mode: 'pessimistic_write' },
      });
      if (!user) return null;
      const changed = { ...stateOf(user), ...change(user) };
      const changes = changesBetween(stateOf(user), changed);
      if (Object.keys(changes).length === 0) return user;
      const isLast = administrators.length === 1 && administrators[0]!.subject === subject;
      if (isLast && !administers(changed)) throw new LastAdministratorError();
      await this.audit.record(manager, entryOf(actor, action, subject, changes));
      return manager.save(Object.assign(user, changed));
    });
  }

  /** Whoever calls this also ends what the user has. @returns false when there is no such user */
  async setPassword(subject: string, password: string, actor: Actor): Promise<boolean> {
    const passwordHash = await this.hasher.hash(password);
    return this.audit.transaction(async (manager) => {
      const { affected } = await manager.update(LocalUser, { subject }, { passwordHash });
      if (!affected) return false;
      await this.audit.record(manager, entryOf(actor, 'user.password_reset', subject, PASSWORD_CHANGE));
      return true;
    });
  }
}

const canonical = (username: string): string => username.normalize('NFKC').trim().toLowerCase();

const literal = (pattern: string): string => pattern.replace(/[\\%_]/g, '\\$&');

/** PostgreSQL's unique_violation. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505';

const entryOf = (actor: Actor, action: AuditAction, target: string, changes: Changes) => ({
  actor,
  action,
  target,
  changes,
});

const administers = ({ roles, disabled }: UserState): boolean => roles.includes('admin') && !disabled;

const stateOf = ({ username, claims, roles, disabled }: LocalUser) => ({ username, claims, roles, disabled });

const toUser = (user: LocalUser): User => ({
  subject: user.subject,
  username: user.username,
  claims: user.claims,
  roles: user.roles,
});
