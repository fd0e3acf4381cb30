import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ILike, In, Repository } from 'typeorm';
import type { FindOptionsWhere } from 'typeorm';
import type { Actor } from '../audit/index.js';
import { InvalidClientMetadataError, randomBytes } from '../common/index.js';
import { InjectRepository } from '../database/index.js';
import { EventsService } from '../events/index.js';
import { AuthenticationMethodNames } from './authentication-method-names.js';
import { AuditedClients } from './audited-clients.js';
import { Client } from './client.entity.js';
import type { ClientSecret } from './client-secret.entity.js';
import { ClientSecretsService } from './client-secrets.service.js';
import { checkMetadata, isWeakKey } from './client-rules.js';
import type { CheckedMetadata, MetadataSource } from './client-rules.js';
import { toColumns } from './client-columns.js';
import { isKeyedBySecret, provesItselfBySecret } from './openid-rules.js';
import { ClientNotFoundError, VersionConflictError } from './client-errors.js';
import type { SelfRegistration } from './self-registered-client.js';
import { SubjectIdentifiers } from './subject-identifiers.js';

/** How stale a client may be on an instance that did not change it, in milliseconds. */
export const CLIENT_CACHE_TTL = 1000;

/** The label of a secret that was not made here. */
const DECLARED = 'chosen by the operator';

/** Who makes a change, for the record and for what may be changed. */
export interface Editor extends Actor {
  readonly source: MetadataSource;
}

/** Which clients to list. */
export interface ClientsListing {
  readonly offset: number;
  readonly limit: number;
  readonly owner?: string;
  /** A part of the name, or the beginning of the id, whatever the case. */
  readonly search?: string;
}

export interface RegisteredClient {
  readonly client: Client;
  /** Shown once; undefined for a public client and where the operator chose it. */
  readonly secret?: string;
}

/** The registered clients: read from memory, written to the database. */
@Injectable()
export class ClientsService {
  private readonly cache = new LRUCache<string, Client>({
    max: 10_000,
    ttl: CLIENT_CACHE_TTL,
    // Whoever reads while another changes gets what was read; only it is not kept.
    ignoreFetchAbort: true,
    fetchMethod: async (id) => (await this.load(id)) ?? undefined,
  });

  constructor(
    @InjectRepository(Client) private readonly clients: Repository<Client>,
    private readonly audited: AuditedClients,
    private readonly clientSecrets: ClientSecretsService,
    private readonly subjects: SubjectIdentifiers,
    private readonly methods: AuthenticationMethodNames,
    private readonly events: EventsService,
  ) {}

  /** The client, unless it is unknown or disabled. Not for changing: it is shared. */
  async findActive(id: string): Promise<Client | null> {
    const client = await this.cache.fetch(id);
    return client && !client.disabled ? client : null;
  }

  /** @throws ClientNotFoundError */
  async get(id: string): Promise<Client> {
    const client = await this.load(id);
    if (!client) throw new ClientNotFoundError();
    return client;
  }

  /** The client, disabled or not; null when there is none. */
  find(id: string): Promise<Client | null> {
    return this.load(id);
  }

  /** Those of the clients that exist, disabled or not, without their secrets; in no particular order. */
  async findMany(ids: readonly string[]): Promise<Client[]> {
    return ids.length === 0 ? [] : this.clients.findBy({ id: In(ids) });
  }

  /** A page of clients by name, and how many there are in all. */
  async list(page: ClientsListing): Promise<[Client[], number]> {
    return this.clients.findAndCount({
      where: whereOf(page),
      relations: { secrets: true },
      order: { name: 'ASC', id: 'ASC' },
      skip: page.offset,
      take: page.limit,
    });
  }

  /** @throws InvalidClientMetadataError, ClientExistsError */
  async register(
    metadata: object,
    editor: Editor & { owner?: string; managedBy?: string; registration?: SelfRegistration },
  ): Promise<RegisteredClient> {
    const checked = this.check(metadata, editor.source);
    const { row, secret } = await this.firstSecret(checked);
    const client = this.clients.create({
      id: checked.client_id ?? randomBytes(16).toString('base64url'),
      ...toColumns(checked),
      owner: editor.owner ?? checked.owner ?? null,
      managedBy: editor.managedBy ?? null,
      ...registrationColumns(editor.registration),
    });
    await this.audited.insert(client, row, editor, editor.registration?.admit);
    this.forget(client.id);
    this.events.emit('client.registered', { clientId: client.id, by: editor.by });
    return { client, secret };
  }

  /**
   * Replaces the metadata; what the editor may not say is kept. Whom an operator has changed cannot change itself any
   * more: it might use what only an operator gives.
   * @throws InvalidClientMetadataError, ClientNotFoundError, VersionConflictError
   */
  async update(id: string, metadata: object, editor: Editor, expectedVersion?: number): Promise<Client> {
    const client = await this.get(id);
    if (expectedVersion !== undefined && client.version !== expectedVersion) throw new VersionConflictError();
    const checked = this.check(metadata, editor.source, client.grantTypes);
    this.refuseUnreadable(client, checked);
    const kept = editor.source === 'owner' ? operatorColumns(client) : TAKEN_OVER;
    await this.audited.replace(client, { ...toColumns(checked), ...kept }, editor);
    this.forget(id);
    this.events.emit('client.updated', { clientId: id, by: editor.by });
    return this.get(id);
  }

  /**
   * Replaces what a client says of itself. It gets a secret, instead of all that it has, where it now needs one and
   * has none, or none that can be read back.
   * @throws InvalidClientMetadataError, VersionConflictError
   * @see RFC 7592 §2.2
   */
  async reregister(
    client: Client,
    metadata: object,
    { softwareStatement, ...editor }: Editor & Pick<SelfRegistration, 'softwareStatement'>,
  ): Promise<RegisteredClient> {
    const checked = this.check(metadata, 'registration');
    const { row, secret } = this.lacksSecret(client, checked) ? await this.firstSecret(checked) : {};
    const columns = { ...toColumns(checked), ...operatorColumns(client), softwareStatement };
    await this.audited.replace(client, columns, editor, row);
    this.forget(client.id);
    this.events.emit('client.updated', { clientId: client.id, by: editor.by });
    return { client: await this.get(client.id), secret };
  }

  /**
   * What the configuration file says of a client that exists: nothing is written when it says nothing new.
   * @param secret replaces the one that the file named before
   */
  async declare(id: string, metadata: object, editor: Editor, secret?: string): Promise<void> {
    const client = await this.get(id);
    const checked = this.check(metadata, editor.source);
    const columns = { ...toColumns(checked), ...TAKEN_OVER, managedBy: 'file' };
    if (secret === undefined) this.refuseUnreadable(client, checked);
    if (differs(client, columns)) {
      await this.audited.replace(client, columns, editor);
      this.events.emit('client.updated', { clientId: id, by: editor.by });
    }
    if (secret !== undefined) await this.replaceDeclaredSecret(id, secret, editor);
    this.forget(id);
  }

  /** @throws ClientNotFoundError, VersionConflictError */
  async delete(id: string, editor: Editor, expectedVersion?: number): Promise<void> {
    await this.audited.delete(id, expectedVersion, editor);
    this.forget(id);
    this.events.emit('client.deleted', { clientId: id, by: editor.by });
  }

  /** One more secret beside those that exist, so that it can be rolled over without an outage. Shown once. */
  async addSecret(
    id: string,
    label: string,
    editor: Editor,
    expiresAt: Date | null = null,
  ): Promise<{ id: string; secret: string }> {
    const client = await this.get(id);
    const { secret, row } = this.clientSecrets.make(label, client);
    await this.audited.insertSecret({ ...row, clientId: client.id, expiresAt }, editor);
    this.forget(id);
    this.events.emit('client.secret_created', { clientId: id, secretId: row.id!, by: editor.by });
    return { id: row.id!, secret };
  }

  /** @throws SecretNotFoundError */
  async deleteSecret(id: string, secretId: string, editor: Editor): Promise<void> {
    await this.audited.deleteSecret(id, secretId, editor);
    this.forget(id);
    this.events.emit('client.secret_deleted', { clientId: id, secretId, by: editor.by });
  }

  /** @throws InvalidClientMetadataError, InvalidRedirectUriError */
  private check(...args: Parameters<typeof checkMetadata>): CheckedMetadata {
    const checked = checkMetadata(...args);
    this.subjects.check(checked);
    this.methods.check(checked);
    return checked;
  }

  /** Secrets that exist cannot be read back, so a client may only choose HS256 with one that was made readable. */
  private refuseUnreadable(client: Client, metadata: CheckedMetadata): void {
    if (!isKeyedBySecret(metadata)) return;
    const key = this.clientSecrets.read(client);
    if (key !== null && !isWeakKey(key)) return;
    throw new InvalidClientMetadataError('HS256 needs a readable secret of 32 characters: add one first', {
      parameter: 'readable_secret',
    });
  }

  private lacksSecret(client: Client, metadata: CheckedMetadata): boolean {
    if (isKeyedBySecret(metadata)) return this.clientSecrets.read(client) === null;
    return hasSecret(metadata) && client.secrets.length === 0;
  }

  private async replaceDeclaredSecret(clientId: string, secret: string, actor: Actor): Promise<void> {
    const { readableSecret } = await this.get(clientId);
    const row = await this.clientSecrets.choose(secret, DECLARED, { readableSecret });
    await this.audited.replaceSecret({ ...row, clientId }, actor);
  }

  private forget(id: string): void {
    this.cache.delete(id);
  }

  private load(id: string): Promise<Client | null> {
    return this.clients.findOne({ where: { id }, relations: { secrets: true } });
  }

  private async firstSecret(
    metadata: CheckedMetadata,
  ): Promise<{ row?: Partial<ClientSecret>; secret?: string }> {
    if (!hasSecret(metadata)) return {};
    const readable = { readableSecret: metadata.readable_secret ?? false };
    if (metadata.client_secret === undefined) return this.clientSecrets.make('first secret', readable);
    return { row: await this.clientSecrets.choose(metadata.client_secret, DECLARED, readable) };
  }
}

function whereOf({ owner, search }: ClientsListing): FindOptionsWhere<Client>[] {
  const owned = owner === undefined ? {} : { owner };
  if (search === undefined) return [owned];
  const literal = search.replace(/[\\%_]/g, '\\$&');
  return [
    { ...owned, name: ILike(`%${literal}%`) },
    { ...owned, id: ILike(`${literal}%`) },
  ];
}

const registrationColumns = (registration: SelfRegistration | undefined): Partial<Client> => ({
  registeredWith: registration?.registeredWith ?? null,
  registrationDigest: registration?.digest ?? null,
  softwareStatement: registration?.softwareStatement ?? null,
  used: false,
});

/** Its registration access token is dead. */
const TAKEN_OVER: Partial<Client> = { registrationDigest: null };

const operatorColumns = (client: Client): Partial<Client> => ({
  owner: client.owner,
  skipConsent: client.skipConsent,
  mayIntrospect: client.mayIntrospect,
  resources: client.resources,
  requirePkce: client.requirePkce,
  allowPkcePlain: client.allowPkcePlain,
  accessTokenTtl: client.accessTokenTtl,
  refreshTokenTtl: client.refreshTokenTtl,
  metadata: client.metadata,
  disabled: client.disabled,
});

/** Who proves himself with a key of his own needs no secret, unless something else is keyed by it. */
const hasSecret = (metadata: CheckedMetadata): boolean =>
  metadata.client_secret !== undefined || isKeyedBySecret(metadata) || provesItselfBySecret(metadata);

const differs = (client: Client, columns: Partial<Client>): boolean =>
  Object.entries(columns).some(([name, value]) => !isDeepStrictEqual(Reflect.get(client, name), value));
