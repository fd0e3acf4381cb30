import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DatabaseUnavailableError, isDatabaseUnavailable, isSpoilingConnection } from '../common/index.js';
import { isServed } from './data-source-options.js';
import type { PreparedStatement } from './prepared-statement.js';

/** The hot path's door to the database; everything else goes through TypeORM's repositories. */
@Injectable()
export class Database {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * Sends one named statement in a transaction of its own and returns its rows.
   *
   * @throws DatabaseUnavailableError when the database cannot answer now
   */
  async run<Row>(statement: PreparedStatement, values: readonly unknown[]): Promise<Row[]> {
    try {
      return (await this.send(statement, values)) as Row[];
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

  // Not `pool.query`: it throws the connection away after any SQL error, a duplicate key included.
  private async send(statement: PreparedStatement, values: readonly unknown[]): Promise<unknown[]> {
    const client = await this.pool.connect();
    let spoiled = false;
    // A leased client has no listener of the pool's, and an unheard `error` event would end the process.
    const lost = () => (spoiled = true);
    client.on('error', lost);
    try {
      return (await client.query({ ...statement, values: values as unknown[] })).rows;
    } catch (error) {
      spoiled ||= isSpoilingConnection(error);
      throw error;
    } finally {
      client.off('error', lost).release(spoiled);
    }
  }

  private get pool(): pg.Pool {
    return (this.dataSource.driver as PostgresDriver).master as pg.Pool;
  }
}

const translated = (error: unknown): unknown =>
  isDatabaseUnavailable(error) && !(error instanceof DatabaseUnavailableError)
    ? new DatabaseUnavailableError(undefined, { cause: error })
    : error;
