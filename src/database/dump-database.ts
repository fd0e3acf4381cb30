import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { EmbeddedPool } from './embedded-driver.js';

/**
 * A copy of an embedded database, for `snapshot`: many fresh databases for the price of one migration.
 *
 * @throws Error for a served database, which has tools of its own
 */
export async function dumpDatabase(dataSource: DataSource): Promise<Blob> {
  const pool: unknown = (dataSource.driver as PostgresDriver).master;
  if (!(pool instanceof EmbeddedPool)) throw new Error('only an embedded database can be dumped');
  return pool.dump();
}
