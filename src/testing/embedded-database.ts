import { DataSource } from 'typeorm';
import { dataSourceOptions, dumpDatabase, migrate } from '../database/index.js';
import { gatehouseEntities } from '../gatehouse-entities.js';

const IN_MEMORY = { memory: true, dataDir: '' };

let snapshot: Promise<Blob> | undefined;

/** An empty database with all tables, to fill new ones from: made once a process, because it costs seconds and 800 MB. */
export const migratedSnapshot = (): Promise<Blob> => (snapshot ??= makeSnapshot());

/** A database of its own, in memory, migrated; whoever opens it destroys it. */
export async function embeddedDatabase(): Promise<DataSource> {
  const options = { ...IN_MEMORY, snapshot: await migratedSnapshot(), entities: [...gatehouseEntities] };
  return new DataSource(dataSourceOptions(options)).initialize();
}

async function makeSnapshot(): Promise<Blob> {
  const dataSource = await new DataSource(dataSourceOptions(IN_MEMORY)).initialize();
  await migrate(dataSource, { served: false });
  const dump = await dumpDatabase(dataSource);
  await dataSource.destroy();
  return dump;
}
