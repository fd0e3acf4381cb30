import { AUDIENCE, ProtectedApi, expectChallenge, expectUnavailable } from './protected-api.js';
import { StandInIssuer } from './stand-in-issuer.js';

const now = (): number => Math.floor(Date.now() / 1000);

describe('RFC 7662: an API that asks the issuer about every token', () => {
  let issuer: StandInIssuer;
  let api: ProtectedApi;

  const startWith = async (cacheFor?: number): Promise<void> => {
    const introspection = { clientId: 'notes api', clientSecret: 'se:cret%', cacheFor };
    api = await ProtectedApi.start({ issuer: issuer.url, audience: AUDIENCE, introspection });
  };

  const active = (members: object = {}): void => {
    const body = {
      active: true,
      iss: issuer.url,
      aud: AUDIENCE,
      sub: 'alice',
      username: 'alice@example.com',
      client_id: 'app',
      scope: 'read',
      token_type: 'Bearer',
      iat: now(),
      exp: now() + 60,
      ...members,
    };
    issuer.introspection = { status: 200, body };
  };

  const questions = (): number => issuer.asked.filter((path) => path === '/introspect').length;

  beforeEach(async () => {
    issuer = await StandInIssuer.start();
  });

  afterEach(async () => {
    await api.close();
    issuer.close();
  });

  it('lets an active token through, opaque or not, and knows the user by name', async () => {
    await startWith();
    active();
    for (const token of ['opaque', await issuer.token()]) {
      const answer = await api.get('/notes', token);
      expect(answer.json.user).toEqual({ subject: 'alice', username: 'alice@example.com' });
    }
    expect(questions()).toBe(2);
    expect(issuer.authorization).toBe(`Basic ${Buffer.from('notes+api:se%3Acret%25').toString('base64')}`);
  });

  it('asks each time by default, so that a revocation counts at once', async () => {
    await startWith();
    active();
    expect((await api.get('/notes', 'opaque')).status).toBe(200);
    issuer.introspection = { status: 200, body: { active: false } };
    expectChallenge(await api.get('/notes', 'opaque'), 401, 'invalid_token');
  });

  it('asks once in a request, whether class, method or both are guarded', async () => {
    await startWith();
    active({ scope: 'read write' });
    expect((await api.get('/notes/writable', 'opaque')).status).toBe(200);
    expect(questions()).toBe(1);
  });

  it('uses an answer again for as long as it is told, and for this token only', async () => {
    await startWith(30);
    active();
    await api.get('/notes', 'one');
    await api.get('/notes', 'one');
    expect(questions()).toBe(1);
    await api.get('/notes', 'two');
    expect(questions()).toBe(2);
  });

  it('never uses an answer beyond the expiry of the token', async () => {
    await startWith(3600);
    active({ exp: now() + 10 });
    expect((await api.get('/notes', 'opaque')).status).toBe(200);
    vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] });
    try {
      expectChallenge(await api.get('/notes', 'opaque'), 401, 'invalid_token');
    } finally {
      vi.useRealTimers();
    }
  });

  it('remembers for a moment only that a token was not active', async () => {
    await startWith(3600);
    await api.get('/notes', 'opaque');
    await api.get('/notes', 'opaque');
    expect(questions()).toBe(1);
    active();
    await vi.waitFor(async () => expect((await api.get('/notes', 'opaque')).status).toBe(200), 3000);
  });

  it.each([
    ['for another API', { aud: 'https://other.test' }],
    ['for nobody in particular, as a refresh token is', { aud: undefined, token_type: undefined }],
    ['of another issuer', { iss: 'https://evil.test' }],
    ['of another type', { token_type: 'DPoP' }],
    ['that is bound to a key', { cnf: { jkt: 'x' } }],
    ['that has expired all the same', { exp: 1 }],
    ['that never expires', { exp: undefined }],
  ])('refuses an active token %s', async (_, members) => {
    await startWith();
    active(members);
    expectChallenge(await api.get('/notes', 'opaque'), 401, 'invalid_token');
  });

  it.each([
    ['refuses this API', { status: 401, body: { error: 'invalid_client' } }],
    ['is broken', { status: 500, body: {} }],
    ['answers something else', { status: 200, body: { active: 'true' } }],
    ['answers no object', { status: 200, body: null }],
  ])('answers 503 when the issuer %s', async (_, introspection) => {
    await startWith(30);
    issuer.introspection = introspection;
    expectUnavailable(await api.get('/notes', 'opaque'));
  });

  it('answers 503 while the issuer cannot be reached, and recovers by itself', async () => {
    await startWith();
    active();
    issuer.down = true;
    expectUnavailable(await api.get('/notes', 'opaque'));
    issuer.down = false;
    expect((await api.get('/notes', 'opaque')).status).toBe(200);
  });

  it('answers 503 when the issuer offers no introspection', async () => {
    await startWith();
    issuer.metadata = { introspection_endpoint: undefined };
    expectUnavailable(await api.get('/notes', 'opaque'));
  });
});
