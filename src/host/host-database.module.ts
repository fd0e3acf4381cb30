import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ConfigurationError } from '../config/index.js';
import { GATEHOUSE_DATA_SOURCE, migrateHost } from '../database/index.js';

/** Lets Gatehouse live in the host's own database, through the host's own pool. */
@Module({})
export class HostDatabaseModule {
  /** @param name of the host's TypeORM connection; `default` for the one without a name */
  static forRoot(name: string, entities: readonly Type[]): DynamicModule {
    const adopted = {
      provide: GATEHOUSE_DATA_SOURCE,
      inject: [getDataSourceToken(name)],
      useFactory: (host: DataSource) => adopt(host, entities),
    };
    return {
      module: HostDatabaseModule,
      global: true,
      // A host with `autoLoadEntities` need not name them.
      imports: [TypeOrmModule.forFeature([...entities], name)],
      providers: [adopted],
      exports: [adopted],
    };
  }
}

/** Checked before anything is written, because each of these would otherwise fail later and say less. */
async function adopt(host: DataSource, entities: readonly Type[]): Promise<DataSource> {
  if (host.options.type !== 'postgres') throw refusal(`is ${host.options.type}: Gatehouse needs PostgreSQL`);
  const missing = entities.find((entity) => !host.hasMetadata(entity));
  if (missing) throw refusal(`does not know ${missing.name}: add ...gatehouseEntities to its entities`);
  const renamed = entities.find((entity) => !host.getMetadata(entity).tableName.startsWith('gh_'));
  if (renamed || host.options.entityPrefix) throw refusal('renames tables, which statements of ours name');
  if (host.options.synchronize) throw refusal('has synchronize on, which would drop what migrations made');
  await migrateHost(host, entities);
  return host;
}

const refusal = (sentence: string): ConfigurationError =>
  new ConfigurationError([`dataSource: the host's data source ${sentence}`]);
