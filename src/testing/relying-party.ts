import { createHash, randomBytes } from 'node:crypto';
import { Browser, authorizationUrl, shows, summaryOf } from './browser.js';
import { send } from './http.js';
import type { HttpAnswer, HttpRequest, Parameters } from './http.js';
import { originFor } from './server-under-test.js';
import type { ServerUnderTest } from './server-under-test.js';
import type { TestClient, UserCredentials } from './test-client.js';

/** RFC 6749 §5.1 */
export interface Tokens {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

/** A client application and the browser of whoever uses it: drives the server as both would. */
export class RelyingParty {
  private readonly verifiers = new Map<string, string>();
  private user?: UserCredentials;
  /** Of the latest authorization request. */
  verifier = '';

  constructor(
    readonly server: ServerUnderTest,
    readonly client: TestClient,
    public browser: Browser = new Browser(server),
  ) {}

  /** A good request for `openid`; what is overridden with undefined is left out. */
  authorizationUrl(overrides: Parameters = {}): string {
    this.verifier = randomBytes(32).toString('base64url');
    return authorizationUrl(this.server, {
      response_type: 'code',
      client_id: this.client.id,
      redirect_uri: this.client.redirectUri,
      scope: 'openid',
      state: randomBytes(8).toString('base64url'),
      code_challenge: challengeOf(this.verifier),
      code_challenge_method: 'S256',
      ...overrides,
    });
  }

  /** Sends the browser off, to the first page that wants something, or back to the application. */
  authorize(overrides: Parameters = {}): Promise<HttpAnswer> {
    return this.browser.open(this.authorizationUrl(overrides));
  }

  /** Establishes a session in the browser; once it is over, this user signs in again. */
  async signIn(user: UserCredentials): Promise<this> {
    this.user = user;
    await this.browser.signIn(user);
    return this;
  }

  /** Does what the pages ask for, and returns how the server sent the browser back to the application. */
  async signInAndConsent(user?: UserCredentials, overrides: Parameters = {}): Promise<URL> {
    return this.complete(await this.authorize(overrides), user);
  }

  /** The same from a page that is shown already. */
  async complete(page: HttpAnswer, user: UserCredentials | undefined = this.user): Promise<URL> {
    let shown = page;
    if (shows(shown, 'login-submit')) {
      if (!user) throw new Error('the sign-in page is shown, and nobody was named to sign in');
      shown = await this.browser.signIn(user, shown);
    }
    if (shows(shown, 'consent-allow')) shown = await this.browser.submit(shown, { decision: 'allow' });
    if (shown.location) return shown.location;
    throw new Error(`no way back to the application: ${shown.status} ${summaryOf(shown)}`);
  }

  /** An authorization code for whoever is signed in at the browser, or signs in now. */
  async code(overrides: Parameters = {}, user?: UserCredentials): Promise<string> {
    const url = this.authorizationUrl(overrides);
    const { verifier } = this;
    const { searchParams } = await this.complete(await this.browser.open(url), user);
    const code = searchParams.get('code');
    if (code === null) throw new Error(`no code: ${searchParams.toString()}`);
    this.verifiers.set(code, verifier);
    return code;
  }

  exchange(code: string, overrides: Parameters = {}): Promise<HttpAnswer> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.client.redirectUri,
      code_verifier: this.verifiers.get(code) ?? this.verifier,
      ...overrides,
    });
  }

  /** The whole flow. @throws Error unless it yields tokens */
  async tokens(overrides: Parameters = {}, user?: UserCredentials): Promise<Tokens> {
    return tokensOf(await this.exchange(await this.code(overrides, user)));
  }

  refresh(refreshToken: string, overrides: Parameters = {}): Promise<HttpAnswer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...overrides });
  }

  clientCredentials(overrides: Parameters = {}): Promise<HttpAnswer> {
    return this.token({ grant_type: 'client_credentials', ...overrides });
  }

  introspect(token: string, overrides: Parameters = {}): Promise<HttpAnswer> {
    return this.post('/oauth/introspect', { token, ...overrides });
  }

  revoke(token: string, overrides: Parameters = {}): Promise<HttpAnswer> {
    return this.post('/oauth/revoke', { token, ...overrides });
  }

  token(form: Parameters): Promise<HttpAnswer> {
    return this.post('/oauth/token', form);
  }

  /** Posts as this client, authenticated in the way it is registered with. */
  post(path: string, form: Parameters, request: HttpRequest = {}): Promise<HttpAnswer> {
    const { authorization, ...credentials } = credentialsOf(this.client);
    const body = { ...credentials, ...form };
    return this.send(path, {
      method: 'POST',
      body,
      ...request,
      headers: { authorization, ...request.headers },
    });
  }

  userinfo(accessToken: string): Promise<HttpAnswer> {
    return this.send('/oauth/userinfo', { headers: { authorization: `Bearer ${accessToken}` } });
  }

  /** Whether introspection says that the token is active. */
  async isAlive(token: string): Promise<boolean> {
    return (await this.introspect(token)).json.active;
  }

  /** @param path below the issuer */
  private send(path: string, request: HttpRequest): Promise<HttpAnswer> {
    const url = this.server.issuer + path;
    return send(url, request, originFor(url, this.server));
  }
}

/** The tokens of an answer. @throws Error when it holds none */
export function tokensOf(answer: HttpAnswer): Tokens {
  if (answer.status !== 200) throw new Error(`no tokens: ${answer.status} ${answer.body}`);
  return answer.json as Tokens;
}

/** RFC 7636 §4.2 */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** RFC 6749 §2.3.1: both halves are form-encoded first. */
export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64')}`;

const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

/** An Authorization header or form fields, as the client is registered. */
export function credentialsOf({ id, secret, authenticationMethod }: TestClient): Parameters {
  if (authenticationMethod === 'none') return { client_id: id };
  if (authenticationMethod === 'client_secret_post') return { client_id: id, client_secret: secret };
  return { authorization: basic(id, secret!) };
}
