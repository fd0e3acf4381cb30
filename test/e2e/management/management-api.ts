import { aClient, aRelyingParty, aUser, tokensOf } from '../../support/index.js';
import type { HttpAnswer, HttpRequest, TestServer, TestUser } from '../../support/index.js';

/** Calls the management API with one access token, as a script of an administrator would. */
export class ManagementApi {
  constructor(
    readonly server: TestServer,
    private readonly token: string,
  ) {}

  get(path: string, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body: unknown, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
    return this.send('PUT', path, body, headers);
  }

  patch(path: string, body: unknown, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
    return this.send('PATCH', path, body, headers);
  }

  delete(path: string, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
    return this.send('DELETE', path, undefined, headers);
  }

  /** Text and bytes are sent as they are, anything else as JSON. */
  send(
    method: string,
    path: string,
    body: unknown,
    headers: HttpRequest['headers'] = {},
  ): Promise<HttpAnswer> {
    const content = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    return this.server.send(path, {
      method,
      body: content ? body : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
  }
}

/** As a client that acts for itself with the restricted scope. */
export async function asMachine(server: TestServer, scope = 'management'): Promise<ManagementApi> {
  const rp = await aRelyingParty(server, aClient().machine().scope(scope));
  return new ManagementApi(server, tokensOf(await rp.clientCredentials()).access_token);
}

/** As a user who has signed in at an application that may have the restricted scope. */
export async function asUser(
  server: TestServer,
  ...roles: string[]
): Promise<{ user: TestUser; api: ManagementApi }> {
  const user = await aUser()
    .roles(...roles)
    .register(server);
  const rp = await aRelyingParty(server, aClient().scope('openid management'));
  const { access_token } = await rp.tokens({ scope: 'openid management' }, user);
  return { user, api: new ManagementApi(server, access_token) };
}

/** The metadata of an ordinary web application. */
export const metadata = (overrides: object = {}): Record<string, unknown> => ({
  client_name: 'An application',
  redirect_uris: ['https://rp.test/cb'],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid read',
  ...overrides,
});
