import type { INestApplication } from '@nestjs/common';
import { ClientsService } from '../clients/index.js';
import type { ManagedClientMetadata } from '../clients/index.js';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import { ScopesService } from '../scopes/index.js';
import { Agent } from './agent.js';
import { Browser } from './browser.js';
import type { FakeClock } from './fake-clock.js';
import { Minting } from './minting.js';
import type { TokenRequest } from './minting.js';
import { RelyingParty } from './relying-party.js';
import type { Tokens } from './relying-party.js';
import type { ServerUnderTest } from './server-under-test.js';
import { signInWithoutPassword } from './sign-in.js';
import type { TestClient } from './test-client.js';

/** Whose tokens, for which client. */
export interface CodeFlow {
  /** What `registerClient` gave, or the id of a client that the settings declare. */
  readonly client: TestClient | string;
  /** The subject of a user in the user store, or a browser where somebody is signed in. */
  readonly user: string | Browser;
  /** Space-delimited; `openid` unless told. */
  readonly scope?: string;
  /** The API that the access token is meant for (RFC 8707). */
  readonly resource?: string;
}

/** An application with Gatehouse inside, running for a test. */
export class GatehouseTest implements ServerUnderTest {
  readonly issuer: string;
  /** Calls the application's own routes. */
  readonly http: Agent;
  private readonly minting: Minting;

  constructor(
    readonly app: INestApplication,
    /** Where the application listens. */
    readonly url: string,
    private readonly release: () => Promise<void>,
  ) {
    this.issuer = app.get(Settings, { strict: false }).issuer;
    this.http = new Agent(url);
    this.minting = new Minting(app, this.issuer);
  }

  /** Stands still until it is moved. */
  get clock(): FakeClock {
    return this.app.get<Clock, FakeClock>(Clock, { strict: false });
  }

  /**
   * An access token without any flow: issued by the engine itself, so it can be revoked, introspected and verified.
   * @throws Error when the user store does not know the subject, or the client may not have the scope
   */
  mintToken(request: TokenRequest = {}): Promise<string> {
    return this.minting.mint(request);
  }

  /**
   * A browser where this user is signed in, whatever that takes elsewhere.
   * @param methods how it was proven: values of RFC 8176
   * @throws Error when the user store does not know the subject
   */
  async loginAs(subject: string, methods: readonly string[] = ['pwd']): Promise<Browser> {
    const browser = new Browser(this);
    browser.take(await signInWithoutPassword(this.app, subject, methods));
    return browser;
  }

  /** A browser where nobody is signed in. */
  browser(): Browser {
    return new Browser(this);
  }

  /** A confidential web application that may have every scope, unless the metadata (RFC 7591 §2) says otherwise. */
  async registerClient(metadata: ManagedClientMetadata = {}): Promise<TestClient> {
    const scopes = await this.app.get(ScopesService, { strict: false }).list();
    const complete = {
      redirect_uris: ['https://client.test/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: scopes.map(({ name }) => name).join(' '),
      ...metadata,
    };
    const clients = this.app.get(ClientsService, { strict: false });
    const { client, secret } = await clients.register(complete, { by: 'test', source: 'operator' });
    return this.testClient(client.id, metadata.client_secret ?? secret);
  }

  /** A client and the browser of its user, for a flow step by step: code, tokens, refresh, revoke. */
  async relyingParty({ client, user }: Pick<CodeFlow, 'client' | 'user'>): Promise<RelyingParty> {
    const known = typeof client === 'string' ? await this.declaredClient(client) : client;
    return new RelyingParty(this, known, typeof user === 'string' ? await this.loginAs(user) : user);
  }

  /** The whole authorization code flow with PKCE, consent included. @throws Error unless it yields tokens */
  async authorizationCodeFlow({ client, user, ...asked }: CodeFlow): Promise<Tokens> {
    const relyingParty = await this.relyingParty({ client, user });
    return relyingParty.tokens(asked);
  }

  /** Ends the application and its database. */
  async close(): Promise<void> {
    await this.app.close();
    await this.release();
  }

  private declaredClient(id: string): Promise<TestClient> {
    const { clients } = this.app.get(Settings, { strict: false });
    const declared = clients.find((client) => client.client_id === id);
    return this.testClient(id, declared?.client_secret as string | undefined);
  }

  private async testClient(id: string, secret?: string): Promise<TestClient> {
    const client = await this.app.get(ClientsService, { strict: false }).get(id);
    const { authenticationMethod, redirectUris } = client;
    return { id, secret, authenticationMethod, redirectUri: redirectUris[0] ?? '' };
  }
}
