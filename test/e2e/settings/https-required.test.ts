import { aClient, aRelyingParty, expectOAuthError, startServer } from '../../support/index.js';
import type { HttpRequest, TestServer } from '../../support/index.js';

const BY_HTTPS = { 'x-forwarded-proto': 'https' };
const BY_HTTP = { 'x-forwarded-proto': 'http' };
const issuer = 'https://login.example.com';

describe('https.required behind a trusted proxy', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ settings: { issuer, trustedProxies: ['loopback'] } });
  });
  afterAll(() => server.close());

  const get = (path: string, headers: HttpRequest['headers']) => server.send(path, { headers });

  it.each([
    ['says that the request came by http', BY_HTTP],
    ['says nothing', {}],
    ['passes on what a client claims', { 'x-forwarded-proto': 'https, http' }],
    ['passes on what another proxy says', { 'x-forwarded-proto': 'http, https' }],
  ])('refuses when the proxy %s', async (_, headers) => {
    for (const path of [
      '/.well-known/openid-configuration',
      '/login',
      '/oauth/authorize?client_id=x',
      '/none',
    ]) {
      const answer = await get(path, headers);
      expectOAuthError(answer, 403, 'invalid_request');
      expect(answer.location).toBeNull();
    }
  });

  it('answers as ever when the proxy says that it came by https', async () => {
    expect((await get('/.well-known/openid-configuration', BY_HTTPS)).json.issuer).toBe(issuer);
    expect((await get('/login', BY_HTTPS)).status).toBe(200);
  });

  it('refuses credentials that came by plain http before it looks at them', async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    const form = { grant_type: 'client_credentials' };
    expectOAuthError(await rp.post('/oauth/token', form, { headers: BY_HTTP }), 403, 'invalid_request');
    expect((await rp.post('/oauth/token', form, { headers: BY_HTTPS })).status).toBe(200);
  });

  it('refuses access tokens that came by plain http at the API', async () => {
    const headers = { ...BY_HTTP, authorization: 'Bearer x' };
    expectOAuthError(await get('/api/me', headers), 403, 'invalid_request');
  });

  it.each(['/health/live', '/health/ready', '/metrics'])(
    'lets probes come past the proxy: %s',
    async (path) => {
      expect((await get(path, {})).status).toBe(200);
    },
  );

  it.each(['//health/live', '/HEALTH/live/../../login', '/healthy', '/metrics/../login'])(
    'does not take %s for a probe',
    async (path) => {
      expect((await get(path, {})).status).toBe(403);
    },
  );
});

describe('https.required', () => {
  it('can be turned off', async () => {
    const https = { required: false };
    const server = await startServer({ settings: { issuer, trustedProxies: ['loopback'], https } });
    const { status } = await server.send('/.well-known/openid-configuration', { headers: BY_HTTP });
    await server.close();
    expect(status).toBe(200);
  });

  it('does not concern a loopback http issuer, whatever a proxy says', async () => {
    const server = await startServer({ settings: { trustedProxies: ['loopback'] } });
    const { status } = await server.send('/login', { headers: BY_HTTP });
    await server.close();
    expect(status).toBe(200);
  });

  it('cannot be told without a trusted proxy: what anybody may claim decides nothing', async () => {
    const server = await startServer({ settings: { issuer } });
    const statuses = [BY_HTTP, BY_HTTPS, {}].map((headers) => server.send('/health/live', { headers }));
    const answers = await Promise.all([...statuses, server.send('/login', { headers: BY_HTTP })]);
    await server.close();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});
