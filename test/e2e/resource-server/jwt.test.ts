import { SignJWT, base64url } from 'jose';
import { AUDIENCE, ProtectedApi, expectChallenge, expectUnavailable } from './protected-api.js';
import { StandInIssuer } from './stand-in-issuer.js';

describe('RFC 9068 §4: an API that verifies JWT access tokens by the keys of the issuer', () => {
  let issuer: StandInIssuer;
  let api: ProtectedApi;

  beforeEach(async () => {
    issuer = await StandInIssuer.start();
    api = await ProtectedApi.start({ issuer: issuer.url, audience: AUDIENCE });
  });

  afterEach(async () => {
    await api.close();
    issuer.close();
  });

  const refuses = async (token: string): Promise<void> =>
    expectChallenge(await api.get('/notes', token), 401, 'invalid_token');

  it('lets a good token through and says whom it speaks for', async () => {
    const answer = await api.get('/notes', await issuer.token());
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ client: 'app', scope: 'read', user: { subject: 'alice', username: null } });
  });

  it('takes one with several audiences, and the long form of the type', async () => {
    const token = await issuer.token(
      { aud: ['https://other.test', AUDIENCE] },
      { typ: 'application/at+jwt' },
    );
    expect((await api.get('/notes', token)).status).toBe(200);
  });

  it('knows a client that acts for itself', async () => {
    const answer = await api.get('/notes', await issuer.token({ sub: 'app' }));
    expect(answer.json.user).toBeNull();
  });

  it('challenges a request without a token, and names no error', async () => {
    const answer = await api.get();
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="gatehouse", resource_metadata="https://api.test/.well-known/oauth-protected-resource"',
    );
    expect(issuer.asked).toEqual([]);
  });

  it('refuses a token without the scope of the route, and names it (RFC 6750 §3.1)', async () => {
    const answer = await api.get('/notes/writable', await issuer.token());
    expectChallenge(answer, 403, 'insufficient_scope');
    expect(answer.headers['www-authenticate']).toContain('scope="write"');
  });

  it.each([
    ['for another API', { aud: 'https://other.test' }],
    ['for nobody in particular', { aud: undefined }],
    ['of another issuer', { iss: 'https://evil.test' }],
    ['that has expired', { exp: Math.floor(Date.now() / 1000) - 1 }],
    ['that never expires', { exp: undefined }],
    ['that is not valid yet', { nbf: Math.floor(Date.now() / 1000) + 60 }],
    ['without a subject', { sub: undefined }],
    ['without a client', { client_id: undefined }],
    ['without an identifier', { jti: undefined }],
    ['that is bound to a key (RFC 9449 §7.1)', { cnf: { jkt: 'x' } }],
    ['whose scope is malformed', { scope: 'read "' }],
    ['whose scope is no text', { scope: ['read'] }],
  ])('refuses a token %s', async (_, claims) => {
    await refuses(await issuer.token(claims));
  });

  it.each(['JWT', 'logout+jwt', 'dpop+jwt'])('refuses a JWT of the type %s', async (typ) => {
    await refuses(await issuer.token({}, { typ }));
  });

  it.each(['opaque', 'a.b.c', 'a.b.c.d.e', '..'])('refuses what is no JWT: %s', (token) => refuses(token));

  it('refuses a token without a signature, with a wrong one, or signed with the public key as a secret', async () => {
    const [header, payload, signature] = (await issuer.token()).split('.') as [string, string, string];
    const none = base64url.encode(JSON.stringify({ alg: 'none', typ: 'at+jwt' }));
    await refuses(`${none}.${payload}.`);
    await refuses(`${header}.${base64url.encode('{"sub":"admin"}')}.${signature}`);
    const confused = new SignJWT({}).setProtectedHeader({ alg: 'HS256', kid: 'first', typ: 'at+jwt' });
    await refuses(await confused.sign(Buffer.from('the public key')));
  });

  it('fetches the keys once, and again for a key it does not know, but not for every such token', async () => {
    await api.get('/notes', await issuer.token());
    await api.get('/notes', await issuer.token());
    const fetches = (): number => issuer.asked.filter((path) => path === '/jwks').length;
    expect(fetches()).toBe(1);
    vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] });
    try {
      await issuer.addKey('second');
      expect((await api.get('/notes', await issuer.token({}, { kid: 'second' }))).status).toBe(200);
      expect(fetches()).toBe(2);
      await issuer.addKey('third');
      await refuses(await issuer.token({}, { kid: 'third' }));
      expect(fetches()).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('stops taking a withdrawn key after ten minutes', async () => {
    const token = await issuer.token({ exp: Math.floor(Date.now() / 1000) + 3600 });
    expect((await api.get('/notes', token)).status).toBe(200);
    await issuer.addKey('second');
    issuer.withdrawKey('first');
    expect((await api.get('/notes', token)).status).toBe(200);
    vi.useFakeTimers({ now: Date.now() + 601_000, toFake: ['Date'] });
    try {
      await refuses(token);
    } finally {
      vi.useRealTimers();
    }
  });

  it('answers 503 while the issuer cannot be reached, and recovers by itself', async () => {
    const token = await issuer.token();
    issuer.down = true;
    expectUnavailable(await api.get('/notes', token));
    issuer.down = false;
    expect((await api.get('/notes', token)).status).toBe(200);
  });

  it('goes on with the keys that it has, whatever is sent while the issuer is away', async () => {
    const token = await issuer.token();
    await api.get('/notes', token);
    await issuer.addKey('unknown');
    vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] });
    try {
      issuer.down = true;
      expectUnavailable(await api.get('/notes', await issuer.token({}, { kid: 'unknown' })));
      expect((await api.get('/notes', token)).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('finds an issuer that publishes OAuth metadata only (RFC 8414 §3.1)', async () => {
    issuer.publishesAt = '/.well-known/oauth-authorization-server';
    expect((await api.get('/notes', await issuer.token())).status).toBe(200);
  });

  it.each([
    ['speaks for another issuer', { issuer: 'https://evil.test' }],
    ['publishes no keys', { jwks_uri: undefined }],
    ['publishes its keys without TLS', { jwks_uri: 'http://sso.example.com/jwks' }],
    ['does not say who it is', { issuer: undefined }],
  ])('answers 503 when the issuer %s (RFC 8414 §3.3)', async (_, metadata) => {
    issuer.metadata = metadata;
    expectUnavailable(await api.get('/notes', await issuer.token()));
  });

  it("leaves the application's own errors alone", async () => {
    const answer = await api.get('/notes/broken', await issuer.token());
    expect(answer.status).toBe(500);
    expect(answer.json).toEqual({ statusCode: 500, message: 'Internal server error' });
  });
});
