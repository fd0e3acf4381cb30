import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource, EntityMetadata } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { ConfigurationError } from '../config/index.js';
import { GATEHOUSE_DATA_SOURCE, migrateHost } from '../database/index.js';

/** Lets Gatehouse live in the host's own database, through the host's own pool. */
@Module({})
export class HostDatabaseModule {
  /** @param name of the host's TypeORM connection; `default` for the one without a name */
  static forRoot(name: string, entities: readonly Type[]): DynamicModule {
    // A host with `autoLoadEntities` need not name them.
    TypeOrmModule.forFeature([...entities], name);
    const adopted = {
      provide: GATEHOUSE_DATA_SOURCE,
      inject: [{ token: getDataSourceToken(name), optional: true }],
      useFactory: (host?: DataSource) => adopt(name, host, entities),
    };
    return {
      module: HostDatabaseModule,
      global: true,
      providers: [adopted],
      exports: [adopted],
    };
  }
}

/** Checked before anything is written, because each of these would otherwise fail later and say less. */
async function adopt(
  name: string,
  host: DataSource | undefined,
  entities: readonly Type[],
): Promise<DataSource> {
  if (!host) throw new ConfigurationError([`dataSource: the application has no connection named ${name}`]);
  if (host.options.type !== 'postgres') throw refusal(`is ${host.options.type}: Gatehouse needs PostgreSQL`);
  const missing = entities.find((entity) => !host.hasMetadata(entity));
  if (missing) throw refusal(`does not know ${missing.name}: add ...gatehouseEntities to its entities`);
  if (entities.some((entity) => isRenamed(host.getMetadata(entity))))
    throw refusal('renames tables or columns (entityPrefix, namingStrategy), which statements of ours name');
  await checkSchema(host);
  if (host.options.synchronize) throw refusal('has synchronize on, which would drop what migrations made');
  await migrateHost(host, entities);
  return host;
}

/** Statements of ours do not name a schema, so tables must be where the connection looks first. */
async function checkSchema(host: DataSource): Promise<void> {
  const { schema } = host.options as PostgresDataSourceOptions;
  if (schema === undefined) return;
  const [found] = await host.query<{ first: string }[]>('SELECT current_schema() AS first');
  if (found?.first !== schema)
    throw refusal(`names the schema ${schema}, which its search_path does not begin with`);
}

const isRenamed = ({ tableName, givenTableName, columns }: EntityMetadata): boolean =>
  tableName !== givenTableName ||
  columns.some((column) => column.databaseName !== (column.givenDatabaseName ?? column.propertyName));

const refusal = (sentence: string): ConfigurationError =>
  new ConfigurationError([`dataSource: the host's data source ${sentence}`]);
