import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { THE_CONFIGURATION_FILE } from '../audit/index.js';
import { ClientsService } from '../clients/index.js';
import { Settings } from '../config/index.js';
import { Database } from '../database/index.js';
import { ScopesService } from '../scopes/index.js';
import type { RegisteredScope } from '../scopes/index.js';

/** The client that Swagger's Authorize button signs in with. */
export const SWAGGER_CLIENT_ID = 'swagger';

const EDITOR = { ...THE_CONFIGURATION_FILE, source: 'operator' } as const;
/** Any fixed number: instances that start together take turns. */
const LOCK = 4_861_003;

/** Keeps Swagger's client registered, where there is a Swagger UI: a public client of this server's own. */
@Injectable()
export class SwaggerClient implements OnApplicationBootstrap {
  private readonly redirectUris: string[] = [];
  private registeredFor: string | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly clients: ClientsService,
    private readonly scopes: ScopesService,
    private readonly database: Database,
  ) {}

  /** @param address of the Swagger UI that is going to be served */
  returnTo(address: string): void {
    this.redirectUris.push(`${address}/oauth2-redirect.html`);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.redirectUris.length > 0) await this.allScopes();
  }

  /** Every scope there is at the moment, each of which the client may ask for. */
  async allScopes(): Promise<readonly RegisteredScope[]> {
    const scopes = await this.scopes.list();
    const names = scopes.map(({ name }) => name).join(' ');
    if (names === this.registeredFor) return scopes;
    await this.database.exclusively(LOCK, () => this.register(names));
    this.registeredFor = names;
    return scopes;
  }

  private async register(scope: string): Promise<void> {
    const metadata = {
      client_id: SWAGGER_CLIENT_ID,
      client_name: `${this.settings.pages.brand} API documentation`,
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      redirect_uris: this.redirectUris,
      scope,
    };
    if (await this.clients.find(SWAGGER_CLIENT_ID)) {
      await this.clients.declare(SWAGGER_CLIENT_ID, metadata, EDITOR);
    } else await this.clients.register(metadata, { ...EDITOR, managedBy: 'file' });
  }
}
