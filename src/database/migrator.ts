import type { Type } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { OURS, isServed, patientOptions } from './data-source-options.js';

// An arbitrary number of our own: PostgreSQL keys its advisory locks by number, database-wide.
const MIGRATION_LOCK = 4_283_645_737;
const LOCK_WAIT_MS = 300_000;

/**
 * Brings the schema up to date, exactly once however many instances start together: on a served database the
 * others wait at an advisory lock. The embedded database has one process and is migrated by its own DataSource.
 *
 * @throws Error when a newer release has already migrated this database, or a migration fails
 */
export async function migrate(dataSource: DataSource, { served }: { served: boolean }): Promise<void> {
  if (served) return migrateServed(patientOptions(dataSource.options as PostgresDataSourceOptions));
  const runner = dataSource.createQueryRunner();
  await refuseNewerSchema(runner, dataSource).finally(() => runner.release());
  await dataSource.runMigrations({ transaction: 'each' });
}

/**
 * The same in the database of a host application, whose own migrations stay its own: ours run on connections that are
 * closed afterwards, and are noted in a table of ours.
 */
export async function migrateHost(host: DataSource, entities: readonly Type[]): Promise<void> {
  const options = { ...(host.options as PostgresDataSourceOptions), ...OURS };
  if (!isServed(options)) return migrate(withMigrations(host, options), { served: false });
  await migrateServed({ ...options, entities: [...entities], subscribers: [], poolSize: 2 });
}

/** The very data source, in the one process that an embedded database has, but for what it knows of migrations. */
function withMigrations(host: DataSource, options: PostgresDataSourceOptions): DataSource {
  const ours = OURS.migrations.map((Migration) => new Migration());
  return Object.create(host, { options: { value: options }, migrations: { value: ours } }) as DataSource;
}

async function migrateServed(options: PostgresDataSourceOptions): Promise<void> {
  const patient = await new DataSource(options).initialize();
  try {
    await withMigrationLock(patient, async (runner) => {
      await refuseNewerSchema(runner, patient);
      await patient.runMigrations({ transaction: 'each' });
    });
  } finally {
    await patient.destroy();
  }
}

// The session ends with the process, and with it the lock: the next instance resumes after a crash.
async function withMigrationLock(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<void>,
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.query(`SET lock_timeout = ${LOCK_WAIT_MS}`);
  await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await work(runner);
  } finally {
    // A lost connection has unlocked already, and must not hide why the work failed.
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

async function refuseNewerSchema(runner: QueryRunner, dataSource: DataSource): Promise<void> {
  const unknown = await unknownMigrations(runner, dataSource);
  if (unknown.length === 0) return;
  throw new Error(
    `this database was migrated by a newer release (${unknown.join(', ')} not known here): ` +
      'start that release, or restore the backup made before it',
  );
}

async function unknownMigrations(runner: QueryRunner, dataSource: DataSource): Promise<string[]> {
  const known = new Set(
    dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name),
  );
  const table = dataSource.options.migrationsTableName ?? 'migrations';
  if (!(await runner.hasTable(table))) return [];
  const applied = (await runner.query(`SELECT name FROM "${table}" ORDER BY id`)) as Array<{ name: string }>;
  return applied.map(({ name }) => name).filter((name) => !known.has(name));
}
