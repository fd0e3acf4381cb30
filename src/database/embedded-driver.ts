import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseUnavailableError } from '../common/index.js';
import { EmbeddedSession, type EmbeddedDatabase } from './embedded-session.js';
import { LeaseQueue } from './lease-queue.js';
import { CountingClient } from './statement-counting.js';

const ACQUIRE_TIMEOUT_MS = 10_000;

type Release = (error?: Error | boolean) => void;
type LeasedClient = CountingClient & { release: Release };
type Leased = (error: Error | undefined, client?: LeasedClient, release?: Release) => void;
type Done<T> = (error: Error | undefined, result?: T) => void;

/** The part of pg's Pool that TypeORM and `Database` use, over one session that is leased to one user at a time. */
export class EmbeddedPool extends EventEmitter {
  private readonly queue: LeaseQueue;
  private readonly opening: Promise<EmbeddedSession>;
  private ending = false;

  constructor(place: EmbeddedDatabase, acquireTimeout = ACQUIRE_TIMEOUT_MS) {
    super();
    this.queue = new LeaseQueue(acquireTimeout);
    this.opening = EmbeddedSession.open(
      place,
      (error) => this.listenerCount('error') && this.emit('error', error),
    );
    this.opening.catch(() => undefined);
  }

  connect(): Promise<LeasedClient>;
  connect(leased: Leased): void;
  connect(leased?: Leased): Promise<LeasedClient> | void {
    const lease = this.lease();
    if (!leased) return lease;
    lease.then((client) => leased(undefined, client, client.release), leased);
  }

  query<Row extends pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values?: unknown[],
    done?: Done<pg.QueryResult<Row>>,
  ): Promise<pg.QueryResult<Row>> | void {
    return settle(this.sendAlone<Row>(statement, values), done);
  }

  end(done?: Done<void>): Promise<void> | void {
    return settle(this.close(), done);
  }

  /** A compressed copy of the whole database, taken between two leases. */
  async dump(): Promise<Blob> {
    const client = await this.lease();
    try {
      return await (await this.opening).dump();
    } finally {
      client.release();
    }
  }

  private async lease(): Promise<LeasedClient> {
    if (this.ending) throw new DatabaseUnavailableError('the embedded database is closed');
    const session = await this.opening;
    await this.queue.acquire();
    try {
      // PGlite answers in microtasks only: without this a busy queue starves timers and sockets.
      await nextTurn();
      return Object.assign(await session.ready(), { release: this.releaseOf(session) });
    } catch (cause) {
      this.queue.release();
      throw new DatabaseUnavailableError('the embedded database does not answer', { cause });
    }
  }

  private releaseOf(session: EmbeddedSession): Release {
    let released = false;
    return (error) => {
      if (released) throw new Error('this lease of the embedded database was already returned');
      released = true;
      if (error) session.spoil();
      this.queue.release();
    };
  }

  private async sendAlone<Row extends pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>> {
    const client = await this.lease();
    try {
      return await client.query<Row>(statement as string, values);
    } finally {
      client.release();
    }
  }

  private async close(): Promise<void> {
    this.ending = true;
    const session = await this.opening;
    // A user that never returns its lease must not keep the database from being closed.
    await this.queue.acquire().catch(() => undefined);
    await session.close();
  }
}

function settle<T>(work: Promise<T>, done?: Done<T>): Promise<T> | void {
  if (!done) return work;
  work.then((result) => done(undefined, result), done);
}

/** What TypeORM takes from the `pg` package. */
export interface EmbeddedDriver {
  readonly Pool: new () => EmbeddedPool;
  readonly Client: typeof CountingClient;
  readonly types: typeof pg.types;
  readonly defaults: typeof pg.defaults;
}

/**
 * TypeORM's postgres `driver` option over the embedded database. One DataSource per driver: destroying the
 * DataSource closes the database.
 */
export function embeddedDriver(place: EmbeddedDatabase, acquireTimeout?: number): EmbeddedDriver {
  class Pool extends EmbeddedPool {
    constructor() {
      super(place, acquireTimeout);
    }
  }
  return { Pool, Client: CountingClient, types: pg.types, defaults: pg.defaults };
}
