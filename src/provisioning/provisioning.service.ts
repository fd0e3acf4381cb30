import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { THE_CONFIGURATION_FILE } from '../audit/index.js';
import { ClientSecretsService, ClientsService } from '../clients/index.js';
import type { Client, ManagedClientMetadata } from '../clients/index.js';
import { randomToken } from '../common/index.js';
import { Settings } from '../config/index.js';
import type { DeclaredClient, DeclaredResource, DeclaredScope, DeclaredUser } from '../config/index.js';
import { Database } from '../database/index.js';
import { RegisteredScopes, Resources } from '../scopes/index.js';
import { LocalUsersService, UserStore } from '../users/index.js';
import { demoObjects } from './demo-objects.js';

const FILE = { ...THE_CONFIGURATION_FILE, source: 'operator' } as const;
/** Any fixed number: instances that start together take turns. */
const PROVISIONING_LOCK = 4_861_002;

/** The administrator that was made at this start; the password is nowhere else. */
export interface FirstAdministrator {
  readonly username: string;
  readonly password: string;
}

/** Brings the database to what the configuration declares: at every start, and without a trace when nothing changed. */
@Injectable()
export class ProvisioningService implements OnApplicationBootstrap {
  firstAdministrator: FirstAdministrator | null = null;
  private readonly logger = new Logger('Provisioning');

  constructor(
    private readonly settings: Settings,
    private readonly scopes: RegisteredScopes,
    private readonly resources: Resources,
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly users: LocalUsersService,
    private readonly userStore: UserStore,
    private readonly database: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.exclusively(PROVISIONING_LOCK, () => this.apply());
  }

  private async apply(): Promise<void> {
    const { settings } = this;
    const demo = settings.demo.enabled ? demoObjects() : { scopes: [], clients: [], users: [] };
    for (const scope of [...demo.scopes, ...settings.scopes]) await this.applyScope(scope);
    for (const resource of settings.resources) await this.applyResource(resource);
    for (const user of [...demo.users, ...settings.users]) await this.applyUser(user);
    for (const client of [...demo.clients, ...settings.clients]) await this.applyClient(client);
    await this.ensureAdministrator();
  }

  private async applyScope(scope: DeclaredScope): Promise<void> {
    const { name, title, description, claims } = scope;
    await this.scopes.declare({
      name,
      title: title ?? name,
      description: description ?? '',
      claims: [...(claims ?? [])],
      accessTokenTtl: scope.access_token_ttl ?? null,
      isDefault: scope.default ?? this.settings.defaultScopes.includes(name),
      restricted: scope.restricted ?? false,
    });
  }

  private async applyResource(resource: DeclaredResource): Promise<void> {
    await this.resources.declare({
      identifier: resource.identifier,
      name: resource.name ?? resource.identifier,
      scopes: [...resource.scopes],
      accessTokenFormat: resource.access_token_format ?? null,
      accessTokenTtl: resource.access_token_ttl ?? null,
    });
  }

  private async applyUser({ username, password, sub, roles, ...claims }: DeclaredUser): Promise<void> {
    await this.users.declare({ username, password, subject: sub, roles, claims });
  }

  /** A declared secret replaces one that differs; secrets made by the server stay. */
  private async applyClient({ client_id: id, ...metadata }: DeclaredClient): Promise<void> {
    const known = await this.clients.find(id);
    if (!known) {
      const { secret } = await this.clients.register(
        { client_id: id, ...metadata },
        { ...FILE, managedBy: 'file' },
      );
      if (secret)
        this.logger.warn(`client ${id} has no client_secret in the file: make one in the management API`);
      return;
    }
    const { client_secret: secret } = metadata as { client_secret?: string };
    const isCurrent = secret === undefined || (await this.isCurrent(known, metadata, secret));
    await this.clients.declare(id, { client_id: id, ...metadata }, FILE, isCurrent ? undefined : secret);
  }

  /** A secret that is to be readable from now on must be stored once more. */
  private async isCurrent(known: Client, metadata: object, secret: string): Promise<boolean> {
    const isReadable = known.secrets.some(({ encrypted }) => encrypted !== null);
    const mustBeReadable = (metadata as ManagedClientMetadata).readable_secret === true;
    return (isReadable || !mustBeReadable) && (await this.secrets.matches(known, secret));
  }

  private async ensureAdministrator(): Promise<void> {
    // A host's administrators are among its own users.
    if (this.userStore !== this.users || (await this.users.hasAdministrator())) return;
    const administrator = { username: 'admin', password: randomToken().slice(0, 20) };
    await this.users.put({ ...administrator, roles: ['admin'], claims: { name: 'Administrator' } });
    this.firstAdministrator = administrator;
  }
}
