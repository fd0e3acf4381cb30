import type { ArgsOf, CommandName, ResultOf } from '../../../src/cli/commands/command.js';
import { CommandsService } from '../../../src/cli/index.js';
import type { TestServer } from '../../support/index.js';

/** Runs commands in the process of that server, as both transports do. */
export const runnerOf =
  (server: TestServer) =>
  async <N extends CommandName>(command: N, args: ArgsOf<N>): Promise<ResultOf<N>> =>
    (await server.get(CommandsService).run(command, args, new AbortController().signal)) as ResultOf<N>;
