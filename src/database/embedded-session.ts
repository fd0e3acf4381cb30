import { once } from 'node:events';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig, type PGlitePgConfig } from '@electric-sql/pglite/node-postgres';
import { DirectoryLock } from './directory-lock.js';
import { INDEX_PLANS } from './index-plans.js';
import { CountingClient } from './statement-counting.js';

/** Where the embedded database lives: under a directory, or in memory; `snapshot` fills a new one. */
export interface EmbeddedDatabase {
  readonly dataDir: string;
  readonly memory?: boolean;
  readonly snapshot?: Blob;
}

// pg keeps whether a statement is still being answered here, without a type.
type ReadyClient = CountingClient & { readonly readyForQuery: boolean };

/** The one PostgreSQL session that PGlite has, spoken to over the wire protocol by a real pg client. */
export class EmbeddedSession {
  private config: PGlitePgConfig;
  private client: ReadyClient;
  private spoiled = true;

  private constructor(
    private readonly database: PGlite,
    private readonly lock: DirectoryLock | null,
    private readonly onError: (error: Error) => void,
  ) {}

  /** @throws Error when another process has the directory open */
  static async open(place: EmbeddedDatabase, onError: (error: Error) => void): Promise<EmbeddedSession> {
    const directory = join(place.dataDir, 'database');
    const lock = place.memory ? null : await DirectoryLock.acquire(directory);
    try {
      const database = await openPglite(place.memory ? 'memory://' : directory, place.snapshot);
      return new EmbeddedSession(database, lock, onError);
    } catch (error) {
      await lock?.release();
      throw error;
    }
  }

  /** Marks the client as unfit: the next lease gets a new one. */
  spoil(): void {
    this.spoiled = true;
  }

  /** The client, idle and outside any transaction, whatever its last user left behind. */
  async ready(): Promise<CountingClient> {
    if (this.spoiled) await this.renew();
    // A failed statement is answered before the server is ready again, so the lease may come back early.
    if (!this.client.readyForQuery) await once(this.client, 'drain');
    if (this.client.getTransactionStatus() !== 'I') await this.client.query('ROLLBACK');
    return this.client;
  }

  /** A compressed copy of the data directory, which `snapshot` opens again. */
  async dump(): Promise<Blob> {
    await this.client.query('CHECKPOINT');
    return this.database.dumpDataDir('gzip');
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.database.close();
    await this.lock?.release();
  }

  private async renew(): Promise<void> {
    await this.disconnect();
    this.config = createPgConfig(this.database);
    this.client = new CountingClient({ ...this.config, ssl: false }) as ReadyClient;
    this.client.on('error', (error) => this.failed(error));
    await this.client.connect();
    await this.client.query('ROLLBACK');
    // The session outlives the client: statements that the old one prepared would clash with the new one's.
    await this.client.query('DISCARD ALL');
    this.spoiled = false;
  }

  private failed(error: Error): void {
    this.spoil();
    this.onError(error);
  }

  private async disconnect(): Promise<void> {
    if (!this.client) return;
    const closed = this.client.end();
    // Ending drops every listener, and a late failure of the old connection concerns nobody any more.
    this.config.connection.on('error', () => undefined);
    await closed;
  }
}

function openPglite(dataDir: string, snapshot?: Blob): Promise<PGlite> {
  return PGlite.create(dataDir, {
    loadDataDir: snapshot,
    postgresqlconf: ['shared_buffers = 16MB', INDEX_PLANS],
  });
}
