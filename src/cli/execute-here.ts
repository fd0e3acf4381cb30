import 'reflect-metadata';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { Settings } from '../config/index.js';
import { CommandLineModule } from './command-line.module.js';
import { CommandError } from './commands/command-error.js';
import { CommandsService } from './commands/commands.service.js';
import type { ControlRequest } from './control/control-caller.js';

/** With these an installation can begin; any other command on an empty directory is one in the wrong place. */
const BEGINNINGS = ['user.create', 'client.create'];

/** Opens the database in this process, runs the command, and closes it again. */
export async function executeHere(settings: Settings, { command, args }: ControlRequest): Promise<unknown> {
  if (!settings.database.url) assertOwnDatabase(settings.dataDir, command);
  const app = await NestFactory.createApplicationContext(CommandLineModule.forRoot(settings), {
    logger: false,
    abortOnError: false,
  });
  try {
    return await app.get(CommandsService).run(command, args, new AbortController().signal);
  } finally {
    await app.close();
  }
}

function assertOwnDatabase(dataDir: string, command: string): void {
  if (!existsSync(join(dataDir, 'database'))) {
    if (BEGINNINGS.includes(command)) return;
    throw new CommandError(`there is no database in ${dataDir}: GATEHOUSE_DATA_DIR says where it is`);
  }
  // Files that root writes here are files that the server cannot write any more.
  if (statSync(dataDir).uid === process.geteuid?.()) return;
  throw new CommandError(`the data directory ${dataDir} belongs to another user: run this as that user`);
}
