import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HomeModule } from './account/index.js';
import { ControlModule } from './cli/index.js';
import type { Settings } from './config/index.js';
import type { DatabaseOptions } from './database/index.js';
import { featuresOf } from './gatehouse-features.js';
import type { GatehousePorts } from './gatehouse-options.js';
import { GatehouseModule } from './gatehouse.module.js';
import { HealthModule } from './health/index.js';
import { PageErrorFilter, PagesModule } from './pages/index.js';

export interface AppOptions {
  readonly ports?: GatehousePorts;
  readonly database?: Partial<DatabaseOptions>;
  /** Modules of the operator's own: their grants and listeners are found like ours. */
  readonly modules?: readonly Type[];
}

/** The runnable server: the modules, a database, and error pages for whatever is nobody's route. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings, { ports, database, modules = [] }: AppOptions = {}): DynamicModule {
    const isElsewhere = (database?.url ?? settings.database.url) !== undefined || database?.memory;
    return {
      module: AppModule,
      imports: [
        GatehouseModule.with({
          settings: { useFactory: () => settings },
          features: featuresOf(settings),
          wiring: ports,
          database,
          isAlone: true,
        }),
        PagesModule,
        HomeModule,
        HealthModule,
        ControlModule.forRoot(isElsewhere ? null : (database?.dataDir ?? settings.dataDir)),
        ...modules,
      ],
      providers: [{ provide: APP_FILTER, useClass: PageErrorFilter }],
    };
  }
}
