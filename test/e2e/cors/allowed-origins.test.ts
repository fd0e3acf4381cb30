import { aClient, aRelyingParty, sharedServer } from '../../support/index.js';
import type { RelyingParty, TestServer } from '../../support/index.js';

const ORIGIN = 'https://spa.test';
const OTHER = 'https://other-spa.test';

const DOCUMENTS = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/oauth/jwks',
];

describe('Fetch §3.3 CORS: pages of registered origins may call the server', () => {
  let server: TestServer;
  let spa: RelyingParty;

  beforeAll(async () => {
    server = await sharedServer();
    spa = await aRelyingParty(
      server,
      aClient()
        .public()
        .with({ allowed_origins: [ORIGIN] }),
    );
    await aRelyingParty(
      server,
      aClient()
        .public()
        .with({ allowed_origins: [OTHER] }),
    );
  });

  const preflight = (path: string, origin: string) =>
    server.send(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it.each(['/oauth/token', '/oauth/revoke', '/oauth/userinfo', ...DOCUMENTS])(
    'answers the preflight of %s',
    async (path) => {
      const answer = await preflight(path, ORIGIN);
      expect(answer.status).toBe(204);
      expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
      expect(answer.headers['access-control-allow-headers']).toContain('authorization');
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    },
  );

  it.each(['https://evil.test', 'null', 'https://spa.test.evil.test', `https://${'x'.repeat(5000)}.test`])(
    'tells %s nothing',
    async (origin) => {
      const answer = await preflight('/oauth/token', origin);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('lets a page read the answer to its own client, errors included', async () => {
    const answer = await spa.token({ grant_type: 'authorization_code', code: 'unknown' });
    expect(answer.status).toBe(400);
    const form = { grant_type: 'authorization_code', code: 'unknown', client_id: spa.client.id };
    const cross = await server.send('/oauth/token', {
      method: 'POST',
      body: form,
      headers: { origin: ORIGIN },
    });
    expect(cross.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(cross.json.error).toBe('invalid_grant');
  });

  it('does not let a page of one application read the answer to the client of another', async () => {
    const form = { grant_type: 'authorization_code', code: 'unknown', client_id: spa.client.id };
    const cross = await server.send('/oauth/token', {
      method: 'POST',
      body: form,
      headers: { origin: OTHER },
    });
    expect(cross.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each(DOCUMENTS)('lets pages of registered origins read %s, and no others', async (path) => {
    const ours = await server.send(path, { headers: { origin: ORIGIN } });
    expect(ours.headers['access-control-allow-origin']).toBe(ORIGIN);
    const anybodys = await server.send(path, { headers: { origin: 'https://anybody.test' } });
    expect(anybodys.status).toBe(200);
    expect(anybodys.headers['access-control-allow-origin']).toBeUndefined();
    expect(anybodys.headers['vary']).toMatch(/origin/i);
  });
});
