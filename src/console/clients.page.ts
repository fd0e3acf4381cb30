import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ClientsQueryDto, pageOf } from '../admin/index.js';
import { ClientsService } from '../clients/index.js';
import type { Client, ClientSecret } from '../clients/index.js';
import type { ConsoleDetailContext } from '../pages/index.js';
import { mayChange } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { extentOf } from './list-extent.js';
import { adminPath, at, code, fact, table, tags, text, yesNo } from './values.js';

/** What is said beside the client itself. */
export interface ClientNews {
  readonly notice?: string;
  readonly secret?: string;
  readonly status?: number;
}

const CLIENTS = [{ href: adminPath('clients'), text: 'Clients' }];

/** The pages that show clients. */
@Injectable()
export class ClientsPage {
  constructor(
    private readonly pages: ConsolePages,
    private readonly clients: ClientsService,
  ) {}

  async list(
    request: ConsoleRequest,
    response: Response,
    query: ClientsQueryDto,
    notice?: string,
  ): Promise<void> {
    const { owner, search } = query;
    const page = pageOf(query);
    const [clients, total] = await this.clients.list({ ...page, owner, search });
    const path = adminPath('clients');
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Clients', section: 'clients', notice },
      actions: [
        ...(mayChange(request) ? [{ href: adminPath('new', 'client'), text: 'New client' }] : []),
        { href: adminPath('initial-access-tokens'), text: 'Initial access tokens', quiet: true },
      ],
      filter: {
        href: path,
        fields: [
          { kind: 'input', type: 'search', name: 'search', label: 'Name or client ID', value: search ?? '' },
          { kind: 'input', type: 'text', name: 'owner', label: 'Owner (subject)', value: owner ?? '' },
        ],
      },
      table: table(['Name', 'Client ID', 'Kind', 'Grant types', 'Owner'], clients.map(row)),
      ...extentOf({ path, filters: { owner, search }, ...page, total }),
    });
  }

  show(request: ConsoleRequest, response: Response, client: Client, news: ClientNews = {}): void {
    const { notice = standing(client), secret, status } = news;
    const isEditable = mayChange(request) && client.managedBy === null;
    const content = {
      ...{ title: client.name, section: 'clients' as const, crumbs: CLIENTS, notice },
      secret: secret === undefined ? undefined : { ...NEW_SECRET, value: secret },
      facts: factsOf(client),
      tables: client.isPublic ? [] : [secretsOf(client, mayChange(request))],
      actions: isEditable ? actionsOf(client) : [],
    };
    this.pages.send(request, response, 'console-detail', content, status);
  }
}

const NEW_SECRET = {
  title: 'Copy the client secret now',
  text: 'This is the only time it is shown. Hand it to whoever runs the application by a way that others cannot read.',
};

const row = (client: Client) => [
  text(client.name, adminPath('clients', client.id)),
  code(client.id),
  tags(
    client.isPublic ? 'public' : 'confidential',
    client.disabled && 'disabled',
    client.managedBy && 'configuration file',
    client.registeredWith && 'registered itself',
  ),
  tags(...client.grantTypes),
  client.owner === null ? text(null) : code(client.owner, adminPath('users', client.owner)),
];

const factsOf = (client: Client): ConsoleDetailContext['facts'] => [
  fact('Client ID', code(client.id)),
  fact(
    'Kind',
    tags(client.applicationType, client.isPublic ? 'public' : 'confidential', client.disabled && 'disabled'),
  ),
  fact('How it proves itself', code(client.authenticationMethod)),
  fact('Owner', client.owner === null ? text(null) : code(client.owner, adminPath('users', client.owner))),
  ...(client.registeredWith === null ? [] : [fact('Registered itself with', text(client.registeredWith))]),
  fact('Redirect URIs', code(client.redirectUris.join('\n') || null)),
  fact('Return after signing out', code(client.postLogoutRedirectUris.join('\n') || null)),
  fact('Told of sign-outs in a frame', code(client.frontchannelLogoutUri)),
  fact('Told of sign-outs behind the browser', code(client.backchannelLogoutUri)),
  fact('Browser origins', code(client.allowedOrigins.join('\n') || null)),
  fact('Grant types', tags(...client.grantTypes)),
  fact('Response types', tags(...client.responseTypes)),
  fact('Scopes', tags(...client.scope)),
  fact('Access token', text(client.accessTokenFormat ?? 'as the server is set')),
  fact('Life of an access token', text(secondsOf(client.accessTokenTtl))),
  fact('Life of its refresh tokens', text(secondsOf(client.refreshTokenTtl))),
  fact('Signature of ID tokens', code(client.idTokenAlgorithm)),
  fact('Skips consent', yesNo(client.skipConsent)),
  fact('May introspect', yesNo(client.mayIntrospect)),
  fact('Created', at(client.createdAt)),
  fact('Changed', at(client.updatedAt)),
  fact(
    'Authorizations',
    text('what users have allowed it', `/admin/authorizations?client_id=${encodeURIComponent(client.id)}`),
  ),
  fact(
    'Sign-outs',
    text('of which it was told', `/admin/logout-deliveries?client_id=${encodeURIComponent(client.id)}`),
  ),
  fact(
    'History',
    text('its audit trail', `/admin/audit?target_type=client&target=${encodeURIComponent(client.id)}`),
  ),
];

const secondsOf = (ttl: number | null): string => (ttl === null ? 'as the server is set' : `${ttl} seconds`);

function secretsOf(client: Client, mayEdit: boolean): ConsoleDetailContext['tables'][number] {
  const secrets = [...client.secrets].sort(byAge);
  const remove = (secret: ClientSecret) =>
    mayEdit
      ? [text(`Delete ${secret.label}…`, adminPath('clients', client.id, 'secrets', secret.id, 'delete'))]
      : [];
  const cells = secrets.map((secret) => [
    ...[text(secret.label), at(secret.createdAt), at(secret.lastUsedAt), at(secret.expiresAt)],
    ...remove(secret),
  ]);
  const columns = ['Label', 'Created', 'Last used', 'Expires', ...(mayEdit ? ['Action'] : [])];
  const add = {
    ...{ href: adminPath('clients', client.id, 'secrets'), field: 'label' },
    ...{ label: 'Label of a new secret', submit: 'Add a secret' },
  };
  return { ...table(columns, cells), id: 'secrets', heading: 'Secrets', add: mayEdit ? add : undefined };
}

const byAge = (one: ClientSecret, other: ClientSecret): number =>
  one.createdAt.getTime() - other.createdAt.getTime();

const actionsOf = ({ id }: Client): ConsoleDetailContext['actions'] => [
  { id: 'edit-client', href: adminPath('clients', id, 'edit'), text: 'Edit' },
  { id: 'delete-client', href: adminPath('clients', id, 'delete'), text: 'Delete…', danger: true },
];

const SELF_REGISTERED =
  'This client registered itself and looks after itself. As soon as you change it, only administrators can.';

/** What whoever looks should know at every visit. */
function standing(client: Client): string | undefined {
  if (client.managedBy !== null)
    return 'This client is managed by the configuration file of the server, and can only be changed there.';
  if (client.registrationDigest !== null) return SELF_REGISTERED;
  if (client.disabled) return 'This client is disabled: every request of it is refused.';
  return !client.isPublic && client.secrets.length === 0
    ? 'This client has no secret yet: add one below.'
    : undefined;
}
