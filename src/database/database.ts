import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../common/index.js';
import { isServed } from './data-source-options.js';
import type { PreparedStatement } from './prepared-statement.js';
import { GATEHOUSE_DATA_SOURCE } from './repositories.js';
import { StatementLane } from './statement-lane.js';

/** The hot path's door to the database; everything else goes through TypeORM's repositories. */
@Injectable()
export class Database {
  private readonly reads = new StatementLane(() => this.pool);
  private readonly writes = new StatementLane(() => this.pool);

  constructor(@Inject(GATEHOUSE_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /**
   * Sends one named statement and returns its rows once it is committed. Statements that arrive together share a
   * message and a commit, and none of them notices: one that fails leaves the others unharmed.
   *
   * @throws DatabaseUnavailableError when the database cannot answer now
   */
  async run<Row>(statement: PreparedStatement, values: readonly unknown[]): Promise<Row[]> {
    try {
      return (await this.laneFor(statement).run({ statement, values })) as Row[];
    } catch (error) {
      throw translated(error);
    }
  }

  /**
   * Commits what `work` does through the manager it is given, or rolls all of it back when it throws. Queries
   * past that manager are outside the transaction, and on the embedded database wait for it to end.
   *
   * @throws DatabaseUnavailableError when the database cannot answer now
   */
  async transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.dataSource.transaction(work);
    } catch (error) {
      throw translated(error);
    }
  }

  /**
   * Lets one instance at a time do this work. The embedded database has one process, so there is nobody to exclude;
   * a served one holds the lock in a transaction of its own, which ends with the connection, too.
   */
  async exclusively<T>(lock: number, work: () => Promise<T>): Promise<T> {
    if (!isServed(this.dataSource.options)) return work();
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL lock_timeout = '60s'`);
      await manager.query(`SET LOCAL statement_timeout = '60s'`);
      await manager.query(`SET LOCAL idle_in_transaction_session_timeout = '60s'`);
      await manager.query('SELECT pg_advisory_xact_lock($1)', [lock]);
      return work();
    });
  }

  /** Whoever only reads does not wait for others' commits. */
  private laneFor({ text }: PreparedStatement): StatementLane {
    return text.startsWith('SELECT') ? this.reads : this.writes;
  }

  private get pool(): pg.Pool {
    return (this.dataSource.driver as PostgresDriver).master as pg.Pool;
  }
}

const translated = (error: unknown): unknown =>
  isDatabaseUnavailable(error) && !(error instanceof DatabaseUnavailableError)
    ? new DatabaseUnavailableError(undefined, { cause: error })
    : error;
