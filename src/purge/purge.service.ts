import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { Database, isDatabaseUnavailable, prepared } from '../database/index.js';
import { UnusedClientsService } from './unused-clients.service.js';

/** How often, in milliseconds. */
const EVERY = 5 * 60_000;
const BATCH = 2000;

const DAY = "interval '1 day'";

/** While a session lasts, its authorizations say which applications must hear of its end. */
const NOT_IN_SESSION = 'NOT EXISTS (SELECT 1 FROM gh_session s WHERE s.id = gh_authorization.session_id)';

/**
 * Of each table its key and from when on a row may go. Codes, refresh tokens and families stay for a day after they
 * expire: long enough to recognise one that is used again.
 */
const EXPIRING = [
  { table: 'gh_interaction', key: 'digest', keep: '' },
  { table: 'gh_session', key: 'digest', keep: '' },
  { table: 'gh_access_token', key: 'digest', keep: '' },
  { table: 'gh_revoked_access_token', key: 'id', keep: '' },
  { table: 'gh_used_assertion', key: 'digest', keep: '' },
  { table: 'gh_authorization_code', key: 'digest', keep: ` - ${DAY}` },
  { table: 'gh_refresh_token', key: 'digest', keep: ` - ${DAY}` },
  { table: 'gh_authorization', key: 'id', keep: ` - ${DAY} AND ${NOT_IN_SESSION}` },
  { table: 'gh_logout_delivery', key: 'id', keep: '' },
];

/** Small batches hold no lock for long, and what another instance is deleting is skipped. */
const STATEMENTS = EXPIRING.map(({ table, key, keep }) =>
  prepared(
    `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE expires_at < $1::timestamptz${keep}
       ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING 1`,
  ),
);

/** How a purge goes about it. */
export interface PurgeOptions {
  /** Rows of one statement; 2000 unless told. */
  readonly batchSize?: number;
  /** Milliseconds between two full batches; none unless told. */
  readonly pause?: number;
  /** Ends it between two batches; what is deleted stays deleted. */
  readonly signal?: AbortSignal;
}

/** Deletes what has expired, so that storage follows use and not time. */
@Injectable()
export class PurgeService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Purge');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly unusedClients: UnusedClientsService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.runQuietly(), EVERY).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Returns how many rows went. */
  async run({ batchSize = BATCH, pause = 0, signal }: PurgeOptions = {}): Promise<number> {
    await this.unusedClients.rememberUsed();
    let purged = 0;
    for (const statement of STATEMENTS) {
      let batch: number;
      do {
        signal?.throwIfAborted();
        batch = (await this.database.run(statement, [this.clock.now(), batchSize])).length;
        purged += batch;
        if (batch === batchSize && pause > 0) await wait(pause, undefined, { signal });
      } while (batch === batchSize);
    }
    return purged + (await this.unusedClients.delete(signal));
  }

  private async runQuietly(): Promise<void> {
    try {
      const purged = await this.run();
      if (purged > 0) this.logger.log(`${purged} expired rows deleted`);
    } catch (error) {
      if (!isDatabaseUnavailable(error))
        this.logger.error('purging failed', error instanceof Error ? error.stack : '');
    }
  }
}
