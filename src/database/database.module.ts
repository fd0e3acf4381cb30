import { Module, type DynamicModule, type ModuleMetadata, type FactoryProvider } from '@nestjs/common';
import { TypeOrmModule, type TypeOrmModuleOptions } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions, isServed, type DatabaseOptions } from './data-source-options.js';
import { Database } from './database.js';
import { isDatabaseUnavailable } from '../common/index.js';
import { migrate } from './migrator.js';
import { NAMED } from './repositories.js';

export interface DatabaseModuleAsyncOptions
  extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider<DatabaseOptions>, 'inject' | 'useFactory'> {}

/**
 * Opens the database, migrates it and closes it on shutdown (`enableShutdownHooks`). The root imports
 * `forRoot`; a feature that injects `Database` imports the bare class.
 */
@Module({ providers: [Database], exports: [Database] })
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return DatabaseModule.forRootAsync({ useFactory: () => options });
  }

  static forRootAsync({ imports, inject, useFactory }: DatabaseModuleAsyncOptions): DynamicModule {
    const typeOrm = TypeOrmModule.forRootAsync({
      ...NAMED,
      imports,
      inject,
      useFactory: async (...injected: unknown[]) => typeOrmOptions(await useFactory(...injected)),
      dataSourceFactory: openDataSource,
    });
    return { module: DatabaseModule, imports: [typeOrm] };
  }
}

// A server that starts together with its database waits for it; any other fault stops the start at once.
const typeOrmOptions = (options: DatabaseOptions): TypeOrmModuleOptions => ({
  ...dataSourceOptions(options),
  autoLoadEntities: true,
  retryAttempts: options.attempts ?? 30,
  retryDelay: 1_000,
  toRetry: isDatabaseUnavailable,
});

async function openDataSource(options?: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options!).initialize();
  try {
    await migrate(dataSource, { served: isServed(dataSource.options) });
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
