import { Module } from '@nestjs/common';
import { DiscoveryModule, MetadataScanner } from '@nestjs/core';
import { AdminModule } from '../../admin/index.js';
import { ClientAuthenticationModule } from '../../client-authentication/index.js';
import { ClientsModule } from '../../clients/index.js';
import { KeysModule } from '../../keys/index.js';
import { PurgeModule } from '../../purge/index.js';
import { InitialAccessTokensModule } from '../../registration/index.js';
import { UsersModule } from '../../users/index.js';
import { ClientCommands } from './client-commands.js';
import { CommandsService } from './commands.service.js';
import { InitialAccessCommands } from './initial-access-commands.js';
import { KeyCommands } from './key-commands.js';
import { TokenCommands } from './token-commands.js';
import { UserCommands } from './user-commands.js';

/** What the command line can do, in whichever process has the database open. */
@Module({
  imports: [
    AdminModule,
    // A client chooses from the methods that are loaded.
    ClientAuthenticationModule,
    ClientsModule,
    DiscoveryModule,
    InitialAccessTokensModule,
    KeysModule,
    PurgeModule,
    UsersModule,
  ],
  providers: [
    CommandsService,
    MetadataScanner,
    ClientCommands,
    InitialAccessCommands,
    KeyCommands,
    TokenCommands,
    UserCommands,
  ],
  exports: [CommandsService],
})
export class CommandsModule {}
