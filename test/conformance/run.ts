import { randomBytes } from 'node:crypto';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { shows, summaryOf } from '../support/index.js';
import type { HttpAnswer, Parameters, TestServer } from '../support/index.js';
import {
  claimsOfScope,
  expectCallback,
  expectIdToken,
  expectPlainUserinfo,
  expectSignedUserinfo,
  expectTokens,
  expectUnguessable,
  expectUserinfo,
  publishedKeys,
} from './checks.js';
import { declaredClient, proofOf, registeredClient } from './clients.js';
import type { AuthenticationMethod, SuiteClient } from './clients.js';
import { call, metadataOf } from './server.js';
import { UserAgent, authorizationAddress, callbackOf } from './user-agent.js';
import type { Callback } from './user-agent.js';

/** What a plan varies. */
export interface Variant {
  readonly responseType: string;
  readonly responseMode?: 'form_post';
  readonly registration: 'static_client' | 'dynamic_client';
  readonly method: AuthenticationMethod;
}

/** What the person saw, and how it ended. */
export interface Visit {
  readonly request: Parameters;
  /** In their order. */
  readonly shown: readonly ('login' | 'consent')[];
  /** The last page, or the redirect. */
  readonly page: HttpAnswer;
  /** Null when the server kept the person. */
  readonly callback: Callback | null;
}

/** All that a whole flow has brought. */
export interface Outcome extends Visit {
  readonly callback: Callback;
  /** Of the authorization endpoint where it gives one, and of the token endpoint. */
  readonly idTokens: readonly { readonly jwt: string; readonly claims: JWTPayload }[];
  /** What the token endpoint has answered. */
  readonly tokens: Readonly<Record<string, string>>;
  /** The latest. */
  readonly accessToken: string | undefined;
  readonly userinfo: Readonly<Record<string, unknown>>;
}

const PERSON = { username: 'conformance', password: 'correct-horse-battery' };

/** One run of a module: a browser that was never here before, a client, and the documents that the server publishes. */
export class Run {
  readonly agent: UserAgent;

  private constructor(
    readonly server: TestServer,
    readonly variant: Variant,
    readonly client: SuiteClient,
    readonly metadata: Readonly<Record<string, never>>,
    readonly jwks: JSONWebKeySet,
    agent?: UserAgent,
  ) {
    this.agent = agent ?? new UserAgent(server);
  }

  /** @param metadata what a client that registers itself says beside the usual */
  static async begin(server: TestServer, variant: Variant, metadata: object = {}): Promise<Run> {
    const document = await metadataOf(server);
    expect(document.token_endpoint_auth_methods_supported).toContain(variant.method);
    const jwks = await publishedKeys(server, document.jwks_uri as string);
    const wanted = { ...variant, metadata: { ...metadata } };
    const client =
      variant.registration === 'static_client'
        ? declaredClient(variant.method)
        : await registeredClient(server, wanted);
    return new Run(server, variant, client, document, jwks);
  }

  /** The same browser with another application. */
  with(client: SuiteClient): Run {
    return new Run(this.server, this.variant, client, this.metadata, this.jwks, this.agent);
  }

  /** The same with the keys as they are published now. */
  async withFreshKeys(): Promise<Run> {
    const jwks = await publishedKeys(this.server, this.metadata['jwks_uri']!);
    return new Run(this.server, this.variant, this.client, this.metadata, jwks, this.agent);
  }

  gives(part: 'code' | 'token' | 'id_token'): boolean {
    return this.variant.responseType.split(' ').includes(part);
  }

  /** Where answers come by default, or as they were asked for. */
  get mode(): Callback['mode'] {
    return this.variant.responseMode ?? (this.variant.responseType === 'code' ? 'query' : 'fragment');
  }

  /** A good request; what is overridden with undefined is left out. */
  request(overrides: Parameters = {}): Parameters {
    return {
      client_id: this.client.id,
      redirect_uri: this.client.redirectUri,
      scope: 'openid',
      state: randomBytes(8).toString('hex'),
      nonce: randomBytes(8).toString('hex'),
      response_type: this.variant.responseType,
      response_mode: this.variant.responseMode,
      ...overrides,
    };
  }

  /** Sends the browser off with a link; whatever the pages ask for is given. */
  async visit(overrides: Parameters = {}): Promise<Visit> {
    const request = this.request(overrides);
    const page = await this.open(request);
    return this.complete(request, page);
  }

  /** The first page, as it is shown. */
  open(request: Parameters): Promise<HttpAnswer> {
    return this.agent.arrive(authorizationAddress(this.metadata['authorization_endpoint']!, request));
  }

  /** Does what pages ask for, until none does. */
  async complete(request: Parameters, first: HttpAnswer): Promise<Visit> {
    const shown: ('login' | 'consent')[] = [];
    let page = first;
    for (;;) {
      if (shows(page, 'login-submit')) {
        shown.push('login');
        page = await this.agent.submit(page, PERSON);
      } else if (shows(page, 'consent-allow')) {
        shown.push('consent');
        page = await this.agent.submit(page, { decision: 'allow' });
      } else break;
      if (shown.length > 3) throw new Error(`no end of pages: ${shown.join(', ')}`);
    }
    return { request, shown, page, callback: callbackOf(page, this.client.redirectUri) };
  }

  /** The whole flow, with every check that each module makes. */
  async flow(overrides: Parameters = {}): Promise<Outcome> {
    return this.finish(await this.visit(overrides));
  }

  /** From the way back to userinfo. */
  async finish(visit: Visit, expected: { state?: string; nonce?: string } = {}): Promise<Outcome> {
    const { request, callback } = visit;
    if (!callback) throw new Error(`no way back: ${visit.page.status} ${summaryOf(visit.page)}`);
    const { state = request['state'], nonce = request['nonce'] } = expected;
    expectCallback(callback, { mode: this.mode, state, issuer: this.server.issuer });
    const { code, access_token: early, id_token: front } = callback.parameters;
    this.expectParts(callback);
    const asked = { scope: request['scope']!, claims: request['claims'], nonce };
    const idTokens: Outcome['idTokens'][number][] = [];
    if (front !== undefined)
      idTokens.push(await this.idToken(front, asked, { accessToken: early, code, isAlone: !code && !early }));
    if (code !== undefined) expectUnguessable(code);
    let userinfo = early === undefined ? {} : await this.userinfo(early, asked, idTokens[0]?.claims.sub);
    if (code === undefined) return { ...visit, callback, idTokens, tokens: {}, accessToken: early, userinfo };
    const tokens = expectTokens(await this.exchange(code));
    idTokens.push(await this.idToken(tokens['id_token']!, asked, {}));
    expect(new Set(idTokens.map(({ claims }) => claims.sub)).size).toBe(1);
    const accessToken = tokens['access_token']!;
    userinfo = await this.userinfo(accessToken, asked, idTokens[0]!.claims.sub);
    return { ...visit, callback, idTokens, tokens, accessToken, userinfo };
  }

  /** What the response type asks for, and with an access token all that belongs to it (RFC 6749 §4.2.2). */
  private expectParts({ parameters }: Callback): void {
    const token = ['access_token', 'token_type', 'expires_in'];
    const wanted = this.variant.responseType
      .split(' ')
      .flatMap((part) => (part === 'token' ? token : [part]));
    const parts = ['code', 'id_token', ...token];
    expect(parts.filter((part) => part in parameters).sort()).toEqual(wanted.sort());
  }

  private async idToken(
    jwt: string,
    { scope, claims, nonce }: Asked,
    { accessToken, code, isAlone }: { accessToken?: string; code?: string; isAlone?: boolean },
  ) {
    // OpenID Connect Core §5.4: without an access token, what the scope opens is in the ID token.
    const opened = isAlone ? claimsOfScope(scope) : [];
    const userClaims = [...opened, ...namedClaims(claims, 'id_token')];
    const { server, jwks, client } = this;
    const expected = { server, jwks, audience: client.id, nonce, accessToken, code, userClaims };
    return { jwt, claims: await expectIdToken(jwt, expected) };
  }

  /** Calls userinfo, whose claims must be those of the scope and those asked for by name. */
  private async userinfo(token: string, { scope, claims }: Asked, subject?: string) {
    const answer = await this.callUserinfo(token);
    const expected = [...claimsOfScope(scope), ...namedClaims(claims, 'userinfo')];
    const { server, jwks, client } = this;
    const signedWith = client.registration?.['userinfo_signed_response_alg'];
    const told = signedWith
      ? await expectSignedUserinfo(answer, { server, jwks, audience: client.id, alg: signedWith as string })
      : expectPlainUserinfo(answer);
    return expectUserinfo(told, { subject: subject ?? String(told['sub']), claims: expected });
  }

  callUserinfo(accessToken: string): Promise<HttpAnswer> {
    const headers = { authorization: `Bearer ${accessToken}` };
    return call(this.server, this.metadata['userinfo_endpoint']!, { headers });
  }

  exchange(code: string, overrides: Parameters = {}): Promise<HttpAnswer> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.client.redirectUri,
      ...overrides,
    });
  }

  refresh(refreshToken: string): Promise<HttpAnswer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** @param audience of an assertion: the address that it is sent to, unless told */
  async token(form: Parameters, audience: string = this.metadata['token_endpoint']!): Promise<HttpAnswer> {
    const proof = await proofOf(this.server, this.client, audience);
    return call(this.server, this.metadata['token_endpoint']!, {
      method: 'POST',
      headers: proof.headers,
      body: { ...proof.form, ...form },
    });
  }
}

interface Asked {
  readonly scope: string;
  readonly claims: string | undefined;
  readonly nonce: string | undefined;
}

function namedClaims(claims: string | undefined, member: 'userinfo' | 'id_token'): string[] {
  const asked = JSON.parse(claims ?? '{}') as Record<string, object | undefined>;
  return Object.keys(asked[member] ?? {});
}
