import { administer } from './databases.js';

/** Names the run, so that the databases which it leaves on a served PostgreSQL can be found and dropped. */
export function setup(): () => Promise<void> {
  process.env.TEST_RUN = String(process.pid);
  return dropDatabases;
}

async function dropDatabases(): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) return;
  const pattern = `gatehouse\\_test\\_${process.env.TEST_RUN}\\_%`;
  const { rows } = await administer(url, `SELECT datname FROM pg_database WHERE datname LIKE '${pattern}'`);
  for (const { datname } of rows) await administer(url, `DROP DATABASE "${datname}" WITH (FORCE)`);
}
