import { loadSettings } from '../config/index.js';
import type { ArgsOf, CommandName, Execute, ResultOf } from './commands/command.js';
import { ask, reachServer } from './control/control-client.js';

/** Runs commands where the database is: in the server that has the embedded one open, or else in this process. */
export const executing =
  (env: NodeJS.ProcessEnv): Execute =>
  async <N extends CommandName>(command: N, args: ArgsOf<N>): Promise<ResultOf<N>> => {
    const settings = loadSettings(env);
    const server = settings.database.url ? null : await reachServer(settings.dataDir);
    if (server) return (await ask(server, { command, args })) as ResultOf<N>;
    // Loaded only here: it is everything, and neither help nor a running server needs it.
    const { executeHere } = await import('./execute-here.js');
    return (await executeHere(settings, { command, args })) as ResultOf<N>;
  };
