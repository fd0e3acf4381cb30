import { ClientsService } from '../../src/clients/index.js';
import type { ManagedClientMetadata } from '../../src/clients/index.js';
import { RegisteredScopes, Resources } from '../../src/scopes/index.js';
import type { RegisteredScope, Resource } from '../../src/scopes/index.js';
import { LocalUsersService } from '../../src/users/index.js';
import type { UserClaims } from '../../src/users/index.js';
import { RelyingParty } from '../../src/testing/relying-party.js';
import type { TestClient, UserCredentials } from '../../src/testing/test-client.js';
import type { TestServer } from './server.js';

let number = 0;
const unique = (name: string): string => `${name}-${++number}`;

const EDITOR = { by: 'test', source: 'operator' } as const;

/** A confidential web application with HTTP Basic, code and refresh tokens, unless told otherwise. */
export class ClientBuilder {
  private metadata: ManagedClientMetadata = {
    redirect_uris: ['https://rp.test/cb'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'openid profile email offline_access user_info read write',
  };

  with(metadata: ManagedClientMetadata): this {
    this.metadata = { ...this.metadata, ...metadata };
    return this;
  }

  public(): this {
    return this.with({ token_endpoint_auth_method: 'none' });
  }

  /** With a loopback address and a private scheme (RFC 8252 §7). */
  native(): this {
    return this.with({
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/cb', 'com.example.app:/cb'],
    });
  }

  /** The secret goes into the form. */
  post(): this {
    return this.with({ token_endpoint_auth_method: 'client_secret_post' });
  }

  grants(...grantTypes: string[]): this {
    return this.with({ grant_types: grantTypes });
  }

  redirectUris(...uris: string[]): this {
    return this.with({ redirect_uris: uris });
  }

  scope(scope: string): this {
    return this.with({ scope });
  }

  /** Acts for itself only. */
  machine(): this {
    return this.with({ grant_types: ['client_credentials'], redirect_uris: [], scope: 'read write' });
  }

  /** Introspects tokens for these resources; for none named, every one. */
  resourceServer(...resources: string[]): this {
    return this.machine().with({ may_introspect: true, resources });
  }

  async register(server: TestServer): Promise<TestClient> {
    const metadata = { client_id: unique('client'), ...this.metadata };
    const { client, secret } = await server.get(ClientsService).register(metadata, EDITOR);
    return {
      id: client.id,
      secret: metadata.client_secret ?? secret,
      authenticationMethod: client.authenticationMethod,
      redirectUri: client.redirectUris[0] ?? '',
    };
  }
}

export const aClient = (): ClientBuilder => new ClientBuilder();

/** Registers a client and opens a browser for it. */
export async function aRelyingParty(
  server: TestServer,
  client: ClientBuilder = aClient(),
): Promise<RelyingParty> {
  return new RelyingParty(server, await client.register(server));
}

/** A registered user, and the password. */
export interface TestUser extends UserCredentials {
  readonly subject: string;
}

export class UserBuilder {
  private claims: UserClaims = {};
  private readonly names: string[] = [];
  private username = unique('user');

  named(username: string): this {
    this.username = username;
    return this;
  }

  /** Standard claims of OpenID Connect. */
  with(claims: UserClaims): this {
    this.claims = { ...this.claims, ...claims };
    return this;
  }

  roles(...roles: string[]): this {
    this.names.push(...roles);
    return this;
  }

  async register(server: TestServer): Promise<TestUser> {
    const password = `password of ${this.username}`;
    const { username, claims, names: roles } = this;
    const user = await server.get(LocalUsersService).put({ username, password, claims, roles });
    return { subject: user.subject, username: user.username, password };
  }
}

export const aUser = (): UserBuilder => new UserBuilder();

/** Adds a scope to the catalogue. */
export async function aScope(
  server: TestServer,
  scope: Partial<RegisteredScope> = {},
): Promise<RegisteredScope> {
  const name = scope.name ?? unique('scope');
  const defaults = {
    title: name,
    description: '',
    claims: [],
    accessTokenTtl: null,
    isDefault: false,
    restricted: false,
  };
  const made = { ...defaults, ...scope, name };
  await server.get(RegisteredScopes).put(made);
  return made;
}

/** Adds an API to the catalogue. */
export async function aResource(server: TestServer, resource: Partial<Resource> = {}): Promise<Resource> {
  const identifier = resource.identifier ?? `https://${unique('api')}.test`;
  const defaults = { name: identifier, scopes: [], accessTokenFormat: null, accessTokenTtl: null };
  const made = { ...defaults, ...resource, identifier };
  await server.get(Resources).put(made);
  return made;
}
