import { Command } from 'commander';
import { clientProgram } from './client.program.js';
import { configProgram } from './config.program.js';
import { initialAccessProgram } from './initial-access.program.js';
import { keysProgram } from './keys.program.js';
import type { Terminal } from './terminal.js';
import { tokensProgram } from './tokens.program.js';
import { userProgram } from './user.program.js';

const WIDTH = 100;

/** Everything that can be typed after `gatehouse`. */
export function program(terminal: Terminal): Command {
  const root = new Command('gatehouse')
    .description('An OAuth 2.x authorization server and OpenID Provider, and what its operator does with it')
    .addCommand(serving(terminal))
    .addCommand(userProgram(terminal))
    .addCommand(clientProgram(terminal))
    .addCommand(initialAccessProgram(terminal))
    .addCommand(tokensProgram(terminal))
    .addCommand(keysProgram(terminal))
    .addCommand(configProgram(terminal));
  for (const command of withSubcommands(root)) {
    command
      .helpCommand(false)
      .exitOverride()
      .configureOutput({ getOutHelpWidth: () => WIDTH, getErrHelpWidth: () => WIDTH });
  }
  return root;
}

/** A command and all below it, in the order in which help shows them. */
export const withSubcommands = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

const serving = ({ serve, env }: Terminal): Command =>
  new Command('serve')
    .description('Start the server, as npm start does without building')
    .action(() => serve(env));
