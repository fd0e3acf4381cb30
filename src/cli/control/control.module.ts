import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CommandsModule } from '../commands/commands.module.js';
import { CommandsService } from '../commands/commands.service.js';
import { ControlSocket } from './control-socket.js';

/** Lets the command line reach a running server whose database is embedded. */
@Module({})
export class ControlModule {
  /** @param dataDir of the embedded database; null for a database that other processes can open */
  static forRoot(dataDir: string | null): DynamicModule {
    const socket = {
      provide: ControlSocket,
      inject: [CommandsService],
      useFactory: (commands: CommandsService) => new ControlSocket(commands, dataDir),
    };
    return { module: ControlModule, imports: [CommandsModule], providers: [socket] };
  }
}
