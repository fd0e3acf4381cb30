import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { ClientsService, ManagedByFileError, SecretNotFoundError, isClientId } from '../clients/index.js';
import type { Client, Editor, RegisteredClient } from '../clients/index.js';
import { OAuthError, Scope } from '../common/index.js';
import type { ApplicationValues } from '../pages/index.js';
import { ScopesService } from '../scopes/index.js';
import {
  ApplicationFaultsError,
  ApplicationNotFoundError,
  NoSecretsError,
  TooManyApplicationsError,
  TooManySecretsError,
} from './application-errors.js';
import { faultsOf, faultsOfError } from './application-faults.js';
import { ApplicationOffersService } from './application-offers.service.js';
import { changedMetadata, metadataOf } from './application-values.js';

/** How many applications one person may have. */
export const MAXIMUM_APPLICATIONS = 100;
/** How many secrets an application may have: enough to roll them over. */
export const MAXIMUM_SECRETS = 10;
const MAXIMUM_LABEL = 100;

/** The clients of one person, who may see and change no others. */
@Injectable()
export class OwnApplicationsService {
  constructor(
    private readonly clients: ClientsService,
    private readonly scopes: ScopesService,
    private readonly offers: ApplicationOffersService,
  ) {}

  async list(owner: string): Promise<Client[]> {
    const [clients] = await this.clients.list({ owner, offset: 0, limit: MAXIMUM_APPLICATIONS });
    return clients;
  }

  /** @throws ApplicationNotFoundError */
  async get(owner: string, id: string): Promise<Client> {
    const client = isClientId(id) ? await this.clients.find(id) : null;
    if (client?.owner !== owner) throw new ApplicationNotFoundError();
    return client;
  }

  /**
   * The same, for changing it.
   * @throws ApplicationNotFoundError, ManagedByFileError
   */
  async editable(owner: string, id: string): Promise<Client> {
    const client = await this.get(owner, id);
    if (client.managedBy !== null) throw new ManagedByFileError();
    return client;
  }

  /** @throws ApplicationFaultsError, TooManyApplicationsError */
  async register(editor: Editor, values: ApplicationValues): Promise<RegisteredClient> {
    const owner = editor.by;
    await this.refuseFaults(values);
    const [, count] = await this.clients.list({ owner, offset: 0, limit: 1 });
    if (count >= MAXIMUM_APPLICATIONS) throw new TooManyApplicationsError(MAXIMUM_APPLICATIONS);
    return inForm(() => this.clients.register(metadataOf(values), { ...editor, owner }));
  }

  /** @throws ApplicationFaultsError, ApplicationNotFoundError, ManagedByFileError, VersionConflictError */
  async update(editor: Editor, id: string, values: ApplicationValues): Promise<Client> {
    const client = await this.editable(editor.by, id);
    await this.refuseFaults(values);
    const metadata = changedMetadata(values, client, await this.offers.offer());
    return inForm(() => this.clients.update(id, metadata, editor, client.version));
  }

  /** @throws ApplicationNotFoundError, ManagedByFileError */
  async delete(editor: Editor, id: string): Promise<void> {
    await this.editable(editor.by, id);
    await this.clients.delete(id, editor);
  }

  /** @throws ApplicationNotFoundError, ManagedByFileError, NoSecretsError, TooManySecretsError */
  async addSecret(editor: Editor, id: string, label = 'another secret'): Promise<string> {
    const client = await this.editable(editor.by, id);
    if (client.isPublic) throw new NoSecretsError();
    if (client.secrets.length >= MAXIMUM_SECRETS) throw new TooManySecretsError(MAXIMUM_SECRETS);
    const { secret } = await this.clients.addSecret(id, label.slice(0, MAXIMUM_LABEL), editor);
    return secret;
  }

  /** @throws ApplicationNotFoundError, ManagedByFileError, SecretNotFoundError */
  async deleteSecret(editor: Editor, id: string, secretId: string): Promise<void> {
    await this.editable(editor.by, id);
    if (!isUuid(secretId)) throw new SecretNotFoundError();
    await this.clients.deleteSecret(id, secretId, editor);
  }

  private async refuseFaults(values: ApplicationValues): Promise<void> {
    const faults = faultsOf(values, await this.offers.offer());
    if (Object.keys(faults).length > 0) throw new ApplicationFaultsError(faults);
    await inForm(() => this.scopes.assertFree(Scope.parse(values.scope)));
  }
}

/** Protocol errors about metadata become faults of the form. */
async function inForm<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof OAuthError ? new ApplicationFaultsError(faultsOfError(error)) : error;
  }
}
