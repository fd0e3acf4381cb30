import { Command, Option } from 'commander';
import type { KeyAlgorithm } from '../../keys/index.js';
import type { ListedKey, RotateArgs, RotatedKey } from '../commands/key-commands.args.js';
import { jsonOption } from './options.js';
import { show } from './terminal.js';
import type { OutputOptions, Terminal } from './terminal.js';
import { table, when } from './text.js';

/** Written out, because the program starts without loading the server. */
const ALGORITHMS = [
  'RS256',
  'PS256',
  'ES256',
  'EdDSA',
  'RSA-OAEP',
  'ECDH-ES',
] as const satisfies readonly KeyAlgorithm[];

export const keysProgram = (terminal: Terminal): Command =>
  new Command('keys')
    .description('The keys that sign tokens, and those that others encrypt to')
    .addCommand(rotating(terminal))
    .addCommand(listing(terminal));

const rotating = (terminal: Terminal): Command =>
  new Command('rotate')
    .description('Publish the next key, which is used as soon as every cache has it')
    .addOption(new Option('--alg <alg>', 'of this algorithm only').choices(ALGORITHMS))
    .option('--now', 'in an emergency: use it at once, before caches have it')
    .addOption(jsonOption())
    .action(async ({ json, ...args }: OutputOptions & RotateArgs) => {
      show(terminal, await terminal.execute('keys.rotate', args), { json }, rotated);
    });

const rotated = (keys: readonly RotatedKey[]): string =>
  keys
    .map(({ alg, kid, active_from: from, made }) =>
      made
        ? `${alg}: key ${kid} is published, and used from ${when(from)}.`
        : `${alg}: key ${kid} was waiting already, and is used from ${when(from)}.`,
    )
    .join('\n');

const listing = (terminal: Terminal): Command =>
  new Command('list')
    .description('Every key that there is or was')
    .addOption(jsonOption())
    .action(async (options: OutputOptions) => {
      show(terminal, await terminal.execute('keys.list', {}), options, listed);
    });

const listed = (keys: readonly ListedKey[]): string =>
  table(
    ['KEY', 'ALG', 'USE', 'STATE', 'USED FROM', 'PUBLISHED UNTIL'],
    keys.map((key) => [
      key.kid,
      key.alg,
      key.use,
      key.state,
      when(key.active_from),
      key.published_until ? when(key.published_until) : '',
    ]),
  );
