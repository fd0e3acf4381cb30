import { Injectable } from '@nestjs/common';
import {
  ClientsService,
  ManagedByFileError,
  OPTIONAL_OPENID_METADATA,
  toMetadata,
} from '../clients/index.js';
import type { Client, Editor, RegisteredClient } from '../clients/index.js';
import { InvalidClientMetadataError } from '../common/index.js';
import { assertMatches } from './entity-tag.js';

/** What a client may do without: null takes it away. */
const OPTIONAL = new Set([
  ...OPTIONAL_OPENID_METADATA,
  'owner',
  'logo_uri',
  'client_uri',
  'policy_uri',
  'tos_uri',
  'access_token_format',
  'access_token_ttl',
  'refresh_token_ttl',
  'introspection_endpoint_auth_method',
  'revocation_endpoint_auth_method',
  'require_pkce',
]);

/** One change of one client. */
export interface ClientChange {
  readonly id: string;
  readonly editor: Editor;
  /** The If-Match header. */
  readonly ifMatch?: string;
}

/** What administrators do with clients, other than those that the configuration file holds. */
@Injectable()
export class ClientAdministrationService {
  constructor(private readonly clients: ClientsService) {}

  /** @throws InvalidClientMetadataError, ClientExistsError */
  async register(metadata: object, editor: Editor): Promise<RegisteredClient> {
    refuseNulls(metadata);
    return this.clients.register(metadata, editor);
  }

  /**
   * What the metadata does not name gets its default.
   * @throws InvalidClientMetadataError, ClientNotFoundError, ManagedByFileError, VersionConflictError
   */
  async replace(change: ClientChange, metadata: object): Promise<Client> {
    const client = await this.editable(change);
    refuseNulls(metadata);
    refuseCredentials(metadata, client);
    return this.clients.update(change.id, metadata, change.editor, client.version);
  }

  /**
   * What the metadata does not name is kept.
   * @throws InvalidClientMetadataError, ClientNotFoundError, ManagedByFileError, VersionConflictError
   */
  async patch(change: ClientChange, metadata: object): Promise<Client> {
    const client = await this.editable(change);
    refuseNulls(metadata);
    refuseCredentials(metadata, client);
    const merged = { ...toMetadata(client), ...metadata };
    return this.clients.update(change.id, merged, change.editor, client.version);
  }

  /** @throws ClientNotFoundError, ManagedByFileError, VersionConflictError */
  async delete(change: ClientChange): Promise<void> {
    const { version } = await this.editable(change);
    await this.clients.delete(change.id, change.editor, change.ifMatch === undefined ? undefined : version);
  }

  private async editable({ id, ifMatch }: ClientChange): Promise<Client> {
    const client = await this.clients.get(id);
    if (client.managedBy === 'file') throw new ManagedByFileError();
    assertMatches(client, ifMatch);
    return client;
  }
}

function refuseNulls(metadata: object): void {
  const field = Object.entries(metadata).find(([name, value]) => value === null && !OPTIONAL.has(name))?.[0];
  if (field !== undefined) throw invalid(field.slice(0, 64), 'must not be null');
}

function refuseCredentials(metadata: { client_id?: unknown; client_secret?: unknown }, client: Client): void {
  if (metadata.client_id !== undefined && metadata.client_id !== client.id) {
    throw invalid('client_id', 'cannot be changed');
  }
  if (metadata.client_secret !== undefined) throw invalid('client_secret', 'is changed below /secrets');
}

const invalid = (parameter: string, what: string): InvalidClientMetadataError =>
  new InvalidClientMetadataError(`${parameter} ${what}`, { parameter });
