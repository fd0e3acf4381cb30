import { Injectable } from '@nestjs/common';
import { Repository } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AuditService, changesBetween } from '../audit/index.js';
import type { Actor } from '../audit/index.js';
import { Clock, InvalidTokenError, digestOf, randomToken, timeOrderedId } from '../common/index.js';
import { InjectRepository } from '../database/index.js';
import { InitialAccessToken } from './initial-access-token.entity.js';
import { InitialAccessTokenNotFoundError } from './registration-errors.js';

const TAKE_A_USE = `UPDATE gh_initial_access_token SET uses_left = uses_left - 1, last_used_at = $2
  WHERE id = $1 AND (uses_left IS NULL OR uses_left > 0) AND (expires_at IS NULL OR expires_at > $2) RETURNING id`;

/** What an administrator decides about a token. */
export interface InitialAccess {
  readonly label: string;
  /** How many clients may register with it; null = any number. */
  readonly uses: number | null;
  readonly expiresAt: Date | null;
}

/** The tokens that let software register itself. */
@Injectable()
export class InitialAccessTokensService {
  constructor(
    @InjectRepository(InitialAccessToken) private readonly tokens: Repository<InitialAccessToken>,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** All of them, the latest first, those that are expired or used up included. */
  list(): Promise<InitialAccessToken[]> {
    return this.tokens.find({ order: { id: 'DESC' } });
  }

  /** @throws InitialAccessTokenNotFoundError */
  async get(id: string): Promise<InitialAccessToken> {
    const row = await this.tokens.findOneBy({ id });
    if (!row) throw new InitialAccessTokenNotFoundError();
    return row;
  }

  /** The token itself is shown once. */
  async create(
    { label, uses, expiresAt }: InitialAccess,
    actor: Actor,
  ): Promise<{ token: string; row: InitialAccessToken }> {
    const token = randomToken();
    const made = { label, usesLeft: uses, expiresAt, createdBy: actor.by, createdAt: this.clock.now() };
    const row = { id: timeOrderedId(), digest: digestOf(token), lastUsedAt: null, ...made };
    const changes = changesBetween(null, described(row));
    const entry = { actor, action: 'initial_access_token.created', target: row.id, changes } as const;
    await this.audit.commit(entry, (manager) => manager.insert(InitialAccessToken, row));
    return { token, row };
  }

  /** Nobody can register with it any more; what has registered stays. @throws InitialAccessTokenNotFoundError */
  async delete(id: string, actor: Actor): Promise<void> {
    await this.audit.transaction(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const row = await manager.findOne(InitialAccessToken, { where: { id }, lock });
      if (!row) throw new InitialAccessTokenNotFoundError();
      await manager.delete(InitialAccessToken, { id });
      const changes = changesBetween(described(row), null);
      await this.audit.record(manager, {
        actor,
        action: 'initial_access_token.deleted',
        target: id,
        changes,
      });
    });
  }

  /** The token, if somebody may register with it now. */
  async find(token: string): Promise<InitialAccessToken | null> {
    const row = await this.tokens.findOneBy({ digest: digestOf(token) });
    return row && isLive(row, this.clock.now()) ? row : null;
  }

  /** Takes one use, or throws: of two that want the last one, one gets it. @throws InvalidTokenError */
  async take(manager: EntityManager, { id }: InitialAccessToken): Promise<void> {
    const [taken] = await manager.query<[unknown[], number]>(TAKE_A_USE, [id, this.clock.now()]);
    if (taken.length === 0) throw new InvalidTokenError('the initial access token is used up');
  }
}

/** Whether somebody may register with it at that time. */
export const isLive = (
  { usesLeft, expiresAt }: Pick<InitialAccessToken, 'usesLeft' | 'expiresAt'>,
  now: Date,
): boolean => usesLeft !== 0 && (expiresAt === null || expiresAt > now);

const described = ({ label, usesLeft, expiresAt }: InitialAccessToken): object => ({
  label,
  uses_left: usesLeft,
  expires_at: expiresAt,
});
