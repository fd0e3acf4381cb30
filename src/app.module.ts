import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Settings } from './config/index.js';
import { DatabaseModule } from './database/index.js';
import type { DatabaseOptions } from './database/index.js';
import { GatehouseModule } from './gatehouse.module.js';
import type { GatehousePorts } from './gatehouse-core.module.js';
import { PageErrorFilter, PagesModule } from './pages/index.js';

/** The runnable server: the modules, a database, and error pages for whatever is nobody's route. */
@Module({})
export class AppModule {
  static forRoot(
    settings: Settings,
    ports?: GatehousePorts,
    database?: Partial<DatabaseOptions>,
  ): DynamicModule {
    const { dataDir } = settings;
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forRoot({ url: settings.database.url, dataDir, ...database }),
        GatehouseModule.forRoot(settings, ports),
        PagesModule,
      ],
      providers: [{ provide: APP_FILTER, useClass: PageErrorFilter }],
    };
  }
}
