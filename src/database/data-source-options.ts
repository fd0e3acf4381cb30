import { Logger } from '@nestjs/common';
import type { DataSourceOptions } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { embeddedDriver } from './embedded-driver.js';
import type { EmbeddedDatabase } from './embedded-session.js';
import { INDEX_PLANS, NO_COMPILING } from './index-plans.js';
import { migrations } from './migrations/index.js';
import { ServedClient } from './served-client.js';

/** A served PostgreSQL by its `url`, or else the embedded database under `dataDir`. */
export interface DatabaseOptions extends EmbeddedDatabase {
  /** `postgres://…`; absent means embedded. */
  readonly url?: string;
  /** Connections to the served database; 10 unless told. */
  readonly poolSize?: number;
  /** How often to try, a second apart, while the database does not answer yet; 30 times unless told. */
  readonly attempts?: number;
}

export interface DataSourceSettings extends DatabaseOptions {
  /** Entity classes; Nest's `autoLoadEntities` adds those of the loaded modules. */
  readonly entities?: DataSourceOptions['entities'];
}

/** Which migrations, and where they are noted: a host application in the same schema has its own. */
export const OURS = {
  migrations,
  migrationsTableName: 'gatehouse_migrations',
  migrationsRun: false,
  synchronize: false,
};

/** TypeORM's options for either database: one dialect, one set of migrations, run by `migrate`. */
export function dataSourceOptions(settings: DataSourceSettings): PostgresDataSourceOptions {
  return {
    entities: settings.entities ?? [],
    ...OURS,
    logging: false,
    // pg-pool drops the lost idle client by itself; unheard, its `error` event would end the process.
    poolErrorHandler: (error: Error) =>
      new Logger('Database').warn(`a connection was lost: ${error.message}`),
    ...(settings.url ? served(settings.url, settings.poolSize) : embeddedPostgres(settings)),
  };
}

/**
 * TypeORM's options for a PostgreSQL inside this process, kept under a directory: an application that Gatehouse is put
 * into can be developed and tested without a database server. One process and one DataSource at a time.
 */
export const embeddedPostgres = (place: EmbeddedDatabase) => ({
  type: 'postgres' as const,
  installExtensions: false,
  uuidExtension: 'pgcrypto' as const,
  driver: embeddedDriver(place),
});

/** Whether these options lead to a served PostgreSQL, which other processes may use too. */
export const isServed = (options: DataSourceOptions): boolean =>
  (options as PostgresDataSourceOptions).driver === undefined;

function served(url: string, poolSize = 10) {
  return {
    type: 'postgres' as const,
    installExtensions: false,
    uuidExtension: 'pgcrypto' as const,
    url,
    poolSize,
    applicationName: 'gatehouse',
    connectTimeoutMS: 3_000,
    extra: {
      Client: ServedClient,
      ...CONNECTION_SETTINGS,
      ...STATEMENT_LIMITS,
      options: `-c ${INDEX_PLANS} -c ${NO_COMPILING}`,
    },
  };
}

const CONNECTION_SETTINGS = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  idleTimeoutMillis: 60_000,
};

/** Milliseconds; `query_timeout` is the client's own clock, for a server that does not even refuse any more. */
const STATEMENT_LIMITS = {
  statement_timeout: 3_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
  query_timeout: 5_000,
};

/** The same database for work that may take long, such as a migration: two connections without time limits. */
export function patientOptions(options: PostgresDataSourceOptions): PostgresDataSourceOptions {
  if (!isServed(options)) return options;
  return { ...options, poolSize: 2, extra: { Client: ServedClient, ...CONNECTION_SETTINGS } };
}
