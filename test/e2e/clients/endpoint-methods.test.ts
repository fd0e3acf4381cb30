import {
  aClient,
  aRelyingParty,
  aUser,
  basic,
  expectOAuthError,
  send,
  sharedServer,
  tokensOf,
} from '../../support/index.js';
import type { RelyingParty, TestServer } from '../../support/index.js';

/** The same client, proving itself in some way at some path. */
function prove(rp: RelyingParty, path: string, method: string, form: Record<string, string>) {
  const { id, secret } = rp.client;
  const inForm =
    method === 'client_secret_post' ? { client_id: id, client_secret: secret! } : { client_id: id };
  const body = method === 'client_secret_basic' ? form : { ...inForm, ...form };
  const headers = method === 'client_secret_basic' ? { authorization: basic(id, secret!) } : {};
  return send(rp.server.issuer + path, { method: 'POST', body, headers });
}

describe('a method of client authentication for each endpoint', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await sharedServer()));

  const METHODS = ['client_secret_basic', 'client_secret_post'] as const;

  it.each(['introspection', 'revocation'])(
    'is as at the token endpoint unless told: %s',
    async (endpoint) => {
      const path = endpoint === 'introspection' ? '/oauth/introspect' : '/oauth/revoke';
      for (const method of METHODS) {
        const rp = await aRelyingParty(
          server,
          aClient().machine().with({ token_endpoint_auth_method: method }),
        );
        const [other] = METHODS.filter((one) => one !== method);
        expect((await prove(rp, path, method, { token: 'x' })).status).toBe(200);
        expectOAuthError(await prove(rp, path, other!, { token: 'x' }), 401, 'invalid_client');
      }
    },
  );

  it.each([
    ['introspection_endpoint_auth_method', '/oauth/introspect'],
    ['revocation_endpoint_auth_method', '/oauth/revoke'],
  ])('%s replaces it there, and nowhere else', async (field, path) => {
    const rp = await aRelyingParty(
      server,
      aClient()
        .machine()
        .with({ [field]: 'client_secret_post' }),
    );
    expect((await prove(rp, path, 'client_secret_post', { token: 'x' })).status).toBe(200);
    expectOAuthError(await prove(rp, path, 'client_secret_basic', { token: 'x' }), 401, 'invalid_client');
    expect((await rp.clientCredentials()).status).toBe(200);
    const elsewhere = path === '/oauth/revoke' ? '/oauth/introspect' : '/oauth/revoke';
    expect((await prove(rp, elsewhere, 'client_secret_basic', { token: 'x' })).status).toBe(200);
    const asPost = await prove(rp, '/oauth/token', 'client_secret_post', {
      grant_type: 'client_credentials',
    });
    expectOAuthError(asPost, 401, 'invalid_client');
  });

  it('may let a client without its secret end its own tokens, and learn nothing', async () => {
    const builder = aClient().machine().with({ revocation_endpoint_auth_method: 'none' });
    const rp = await aRelyingParty(server, builder);
    const { access_token } = tokensOf(await rp.clientCredentials());
    expect((await prove(rp, '/oauth/revoke', 'none', { token: access_token })).status).toBe(200);
    expect(await rp.isAlive(access_token)).toBe(false);
    expectOAuthError(await prove(rp, '/oauth/introspect', 'none', { token: 'x' }), 401, 'invalid_client');
    const token = await prove(rp, '/oauth/token', 'none', { grant_type: 'client_credentials' });
    expectOAuthError(token, 401, 'invalid_client');
  });

  it.each([
    { introspection_endpoint_auth_method: 'client_secret_basic' },
    { revocation_endpoint_auth_method: 'client_secret_post' },
    { introspection_endpoint_auth_method: 'none' },
    { revocation_endpoint_auth_method: 'tls_client_auth' },
  ])('refuses a public client with %j', async (methods) => {
    await expect(aClient().public().with(methods).register(server)).rejects.toThrow();
  });

  it('lets a public client revoke what it holds with its name alone', async () => {
    const rp = await aRelyingParty(server, aClient().public());
    const { access_token } = await rp.tokens({}, await aUser().register(server));
    expect((await rp.revoke(access_token)).status).toBe(200);
    expect((await rp.userinfo(access_token)).status).toBe(401);
  });
});
