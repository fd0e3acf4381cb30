import { Command, Option } from 'commander';
import type { CreatedClient, ListedClient } from '../commands/client-commands.args.js';
import { metadataOf } from './client-metadata.js';
import type { ClientOptions } from './client-metadata.js';
import { jsonOption, repeatable } from './options.js';
import { secretFrom, show } from './terminal.js';
import type { OutputOptions, Terminal } from './terminal.js';
import { details, table } from './text.js';

interface CreateOptions extends OutputOptions, ClientOptions {
  readonly owner?: string;
  readonly secretStdin?: boolean;
}

export const clientProgram = (terminal: Terminal): Command =>
  new Command('client')
    .description('The applications that may ask for tokens')
    .addCommand(creating(terminal))
    .addCommand(listing(terminal))
    .addCommand(deleting(terminal));

const creating = (terminal: Terminal): Command =>
  new Command('create')
    .description('Register a client; without --secret-stdin a secret is made, and printed once')
    .addOption(
      new Option('--type <type>', 'whether it can keep a secret')
        .choices(['confidential', 'public'])
        .default('confidential'),
    )
    .addOption(repeatable('--grant <type>', 'a grant type; authorization_code unless told'))
    .option('--client-id <id>', 'the identifier; made unless told')
    .option('--name <name>', 'what people read when they sign in')
    .addOption(repeatable('--redirect-uri <uri>', 'where a code may be sent, compared exactly'))
    .addOption(repeatable('--post-logout-redirect-uri <uri>', 'where a browser may go after signing out'))
    .addOption(repeatable('--allowed-origin <origin>', 'whose pages may call the token endpoint (CORS)'))
    .option('--scope <scope>', 'everything it may ever ask for, separated by spaces; nothing unless told')
    .option('--secret-stdin', 'read the secret from standard input')
    .option('--skip-consent', "do not ask people: for the company's own applications")
    .option('--id-token-alg <alg>', 'how its ID tokens are signed; RS256 unless told')
    .option('--owner <username>', 'the user who may edit it in the developer portal')
    .addOption(
      new Option('--access-token-format <format>', "the server's setting unless told").choices([
        'opaque',
        'jwt',
      ]),
    )
    .option('--may-introspect', 'it is a resource server, which may introspect tokens meant for it')
    .addOption(jsonOption())
    .action(async ({ json, owner, secretStdin, ...options }: CreateOptions) => {
      const secret = secretStdin ? await secretFrom(terminal) : undefined;
      const metadata = metadataOf(options, secret);
      const client = await terminal.execute('client.create', {
        metadata,
        ...(owner !== undefined && { owner }),
      });
      show(terminal, client, { json }, created);
    });

const created = ({ client_id: id, client_secret: secret }: CreatedClient): string =>
  details('The client is registered.', {
    client_id: id,
    client_secret: secret && `${secret} (shown only now)`,
  });

const listing = (terminal: Terminal): Command =>
  new Command('list')
    .description('Every client, by name')
    .addOption(jsonOption())
    .action(async (options: OutputOptions) => {
      show(terminal, await terminal.execute('client.list', {}), options, listed);
    });

const listed = (clients: readonly ListedClient[]): string =>
  table(
    ['CLIENT ID', 'NAME', 'TYPE', 'GRANTS', 'KEPT BY'],
    clients.map((client) => [
      client.client_id,
      client.client_name,
      client.disabled ? `${client.type}, disabled` : client.type,
      client.grant_types.join(' '),
      client.managed_by ?? (client.owner === null ? '' : 'its owner'),
    ]),
  );

const deleting = (terminal: Terminal): Command =>
  new Command('delete')
    .description('Delete a client, and with it every token that it holds')
    .argument('<id>', 'its client id')
    .addOption(jsonOption())
    .action(async (id: string, options: OutputOptions) => {
      const deleted = await terminal.execute('client.delete', { client_id: id });
      show(terminal, deleted, options, () => `Client ${id} is deleted.`);
    });
