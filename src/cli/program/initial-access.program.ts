import { Command, Option } from 'commander';
import type { ListedInitialAccess, MadeInitialAccess } from '../commands/initial-access-commands.args.js';
import { jsonOption, wholeNumber } from './options.js';
import { show } from './terminal.js';
import type { OutputOptions, Terminal } from './terminal.js';
import { details, table, when } from './text.js';

interface CreateOptions extends OutputOptions {
  readonly uses: number;
  readonly unlimited?: boolean;
  readonly days?: number;
}

export const initialAccessProgram = (terminal: Terminal): Command =>
  new Command('initial-access-token')
    .description('What lets software register itself as a client, where that needs a token')
    .addCommand(creating(terminal))
    .addCommand(listing(terminal))
    .addCommand(deleting(terminal));

const creating = (terminal: Terminal): Command =>
  new Command('create')
    .description('Make a token, and print it once')
    .argument('<label>', 'what it is for: a partner, a deployment')
    .addOption(
      new Option('--uses <n>', 'how many clients may register with it').argParser(wholeNumber).default(1),
    )
    .option('--unlimited', 'any number of clients may')
    .addOption(
      new Option('--days <n>', 'how long it is good for; for ever unless told').argParser(wholeNumber),
    )
    .addOption(jsonOption())
    .action(async (label: string, { json, uses, unlimited, days }: CreateOptions) => {
      const args = { label, uses: unlimited ? null : uses, ...(days !== undefined && { days }) };
      show(terminal, await terminal.execute('initial-access-token.create', args), { json }, created);
    });

const created = (made: MadeInitialAccess): string =>
  details(`The token for ${made.label} is made.`, {
    'Initial access token': `${made.initial_access_token} (shown only now)`,
    Clients: usesOf(made),
    Until: untilOf(made),
  });

const listing = (terminal: Terminal): Command =>
  new Command('list')
    .description('Every token, the latest first')
    .addOption(jsonOption())
    .action(async (options: OutputOptions) => {
      show(terminal, await terminal.execute('initial-access-token.list', {}), options, listed);
    });

const listed = (tokens: readonly ListedInitialAccess[]): string =>
  table(
    ['ID', 'LABEL', 'CLIENTS LEFT', 'UNTIL'],
    tokens.map((token) => [token.id, token.label, usesOf(token), untilOf(token)]),
  );

const deleting = (terminal: Terminal): Command =>
  new Command('delete')
    .description('Let nobody register with a token any more; what has registered stays')
    .argument('<id>', 'what the list shows')
    .addOption(jsonOption())
    .action(async (id: string, options: OutputOptions) => {
      const deleted = await terminal.execute('initial-access-token.delete', { id });
      show(terminal, deleted, options, () => `Token ${id} is deleted.`);
    });

const usesOf = ({ uses_left }: ListedInitialAccess): string =>
  uses_left === null ? 'any number' : String(uses_left);

const untilOf = ({ expires_at }: ListedInitialAccess): string =>
  expires_at === null ? 'deleted' : when(expires_at);
