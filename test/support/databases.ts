import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DatabaseOptions } from '../../src/database/index.js';
import { migratedSnapshot } from '../../src/testing/embedded-database.js';

/** A fresh database of one server. */
export interface TestDatabase {
  /** Of a served PostgreSQL; absent for an embedded database. */
  readonly url?: string;
  readonly options: Partial<DatabaseOptions>;
  drop(): Promise<void>;
}

/** On the PostgreSQL that DATABASE_URL names, or else embedded and in memory. */
export const freshDatabase = (): Promise<TestDatabase> =>
  process.env.DATABASE_URL ? servedDatabase(process.env.DATABASE_URL) : embeddedDatabase();

async function servedDatabase(administration: string): Promise<TestDatabase> {
  const name = `gatehouse_test_${process.env.TEST_RUN ?? process.pid}_${randomBytes(4).toString('hex')}`;
  await administer(administration, `CREATE DATABASE ${name}`);
  const url = new URL(administration);
  url.pathname = `/${name}`;
  const drop = async () => {
    await administer(administration, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { url: url.toString(), options: {}, drop };
}

async function embeddedDatabase(): Promise<TestDatabase> {
  const options = { memory: true, dataDir: '', snapshot: await migratedSnapshot() };
  return { options, drop: () => Promise.resolve() };
}

/** Runs one statement beside every pool. */
export async function administer(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
