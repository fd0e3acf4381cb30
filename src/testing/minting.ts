import type { INestApplication } from '@nestjs/common';
import { ClientsService } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { Scope } from '../common/index.js';
import { ScopesService } from '../scopes/index.js';
import { TokensService } from '../tokens/index.js';
import type { TestClient } from './test-client.js';

/** What an access token is to say. */
export interface TokenRequest {
  /** The subject whom it speaks for; without one, the client acts for itself. */
  readonly sub?: string;
  /** Space-delimited. */
  readonly scope?: string;
  /** The identifiers of resources; the issuer's own APIs unless told. */
  readonly audience?: string | readonly string[];
  /** Who holds it; a client that may have every scope, unless told. */
  readonly client?: string | TestClient;
}

const OWN = 'gatehouse-testing';

/** Issues access tokens past every endpoint, but not past the engine: formats and lives are those of the settings. */
export class Minting {
  private readonly clients: ClientsService;
  private readonly scopes: ScopesService;
  private readonly tokens: TokensService;
  private holder?: Promise<Client>;

  constructor(
    app: INestApplication,
    private readonly issuer: string,
  ) {
    this.clients = app.get(ClientsService, { strict: false });
    this.scopes = app.get(ScopesService, { strict: false });
    this.tokens = app.get(TokensService, { strict: false });
  }

  /** @throws Error when the client may not have the scope, or the user, the client or the resource is not known */
  async mint({ sub, scope: wanted, audience = [], client: holder }: TokenRequest): Promise<string> {
    const client = await this.clientOf(holder);
    const scope = Scope.parse(wanted);
    const beyond = scope.without(client.scope);
    if (beyond.size > 0)
      throw new Error(`the client ${client.id} is not registered for the scope ${beyond.toString()}`);
    const resources = [audience].flat().filter((one) => one !== this.issuer);
    const answer = await this.tokens.issue({ client, subject: sub ?? null, scope, resources });
    return answer.access_token;
  }

  private clientOf(holder: TokenRequest['client']): Promise<Client> {
    if (holder !== undefined) return this.clients.get(typeof holder === 'string' ? holder : holder.id);
    return (this.holder ??= this.makeHolder());
  }

  private async makeHolder(): Promise<Client> {
    const scope = (await this.scopes.list()).map(({ name }) => name).join(' ');
    const metadata = { client_id: OWN, client_name: OWN, grant_types: ['client_credentials'], scope };
    const { client } = await this.clients.register(metadata, { by: OWN, source: 'operator' });
    return client;
  }
}
