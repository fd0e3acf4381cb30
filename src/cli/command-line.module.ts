import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Settings } from '../config/index.js';
import { DatabaseModule } from '../database/index.js';
import { GatehouseCoreModule } from '../gatehouse-core.module.js';
import { CommandsModule } from './commands/commands.module.js';

/**
 * The commands over a database that this process opens itself. Nothing is provisioned: what the file declares, the
 * demo and the first administrator are the server's business, whose settings may differ from those at hand here.
 */
@Module({})
export class CommandLineModule {
  static forRoot(settings: Settings): DynamicModule {
    const { database, dataDir } = settings;
    return {
      module: CommandLineModule,
      imports: [
        DatabaseModule.forRoot({ url: database.url, dataDir, poolSize: 2, attempts: 1 }),
        GatehouseCoreModule.forRoot({ useFactory: () => settings }),
        CommandsModule,
      ],
    };
  }
}
