import { aClient, aRelyingParty, aResource, aUser, startServer } from '../../support/index.js';
import type { RelyingParty, TestServer } from '../../support/index.js';
import { AUDIENCE, ProtectedApi, expectChallenge } from './protected-api.js';

/** The same guards, with Gatehouse itself as the issuer. */
describe('an API in another process', () => {
  let server: TestServer;
  let rp: RelyingParty;

  beforeAll(async () => {
    server = await startServer();
    rp = await aRelyingParty(server);
    await rp.signIn(await aUser().named('nora').register(server));
    await aResource(server, { identifier: AUDIENCE, scopes: ['read'], accessTokenFormat: 'jwt' });
    await aResource(server, { identifier: 'https://opaque.test', scopes: ['read'] });
  });

  afterAll(() => server.close());

  const using = async (api: ProtectedApi, use: () => Promise<void>): Promise<void> => {
    try {
      await use();
    } finally {
      await api.close();
    }
  };

  it('verifies a JWT by the published keys, and refuses one for another API', async () => {
    const api = await ProtectedApi.start({ issuer: server.issuer, audience: AUDIENCE });
    await using(api, async () => {
      const { access_token: good } = await rp.tokens({ scope: 'read', resource: AUDIENCE });
      expect((await api.get('/notes', good)).json).toMatchObject({ client: rp.client.id, scope: 'read' });
      const { access_token: other } = await rp.tokens({ scope: 'read', resource: 'https://api2.test' });
      expectChallenge(await api.get('/notes', other), 401, 'invalid_token');
      const { id_token: idToken } = await rp.tokens({ scope: 'openid', resource: AUDIENCE });
      expectChallenge(await api.get('/notes', idToken), 401, 'invalid_token');
    });
  });

  it('asks about opaque tokens, and knows a revocation at once', async () => {
    const audience = 'https://opaque.test';
    const { id, secret } = await aClient().resourceServer(audience).register(server);
    const introspection = { clientId: id, clientSecret: secret! };
    const api = await ProtectedApi.start({ issuer: server.issuer, audience, introspection });
    await using(api, async () => {
      const { access_token: token } = await rp.tokens({ scope: 'read', resource: audience });
      expect((await api.get('/notes', token)).json.user.username).toBe('nora');
      expectChallenge(await api.get('/notes/writable', token), 403, 'insufficient_scope');
      await rp.revoke(token);
      expectChallenge(await api.get('/notes', token), 401, 'invalid_token');
    });
  });
});
