import { randomBytes } from 'node:crypto';
import {
  aClient,
  aRelyingParty,
  aUser,
  challengeOf,
  expectOAuthError,
  expectRedirectError,
  startServer,
  tokensOf,
} from '../../support/index.js';
import type { RelyingParty, TestServer, TestUser } from '../../support/index.js';

const newVerifier = (): string => randomBytes(40).toString('base64url');

describe('RFC 7636 plain: only for a client that is allowed it', () => {
  let server: TestServer;
  let user: TestUser;
  let rp: RelyingParty;

  beforeAll(async () => {
    server = await startServer();
    user = await aUser().register(server);
    const metadata = async () => (await server.send('/.well-known/openid-configuration')).json;
    expect((await metadata()).code_challenge_methods_supported).toEqual(['S256']);
    rp = await (
      await aRelyingParty(server, aClient().public().with({ allow_pkce_plain: true }))
    ).signIn(user);
  });
  afterAll(() => server.close());

  const codeFor = (verifier: string, method?: string) =>
    rp.code({ code_challenge: verifier, code_challenge_method: method });

  it.each(['plain', undefined])(
    'redeems with the challenge itself (method: %s, RFC 7636 §4.3)',
    async (method) => {
      const verifier = newVerifier();
      const answer = await rp.exchange(await codeFor(verifier, method), { code_verifier: verifier });
      expect(tokensOf(answer).token_type).toBe('Bearer');
    },
  );

  it('is stored as its digest only: whoever reads the database cannot redeem the code', async () => {
    const verifier = newVerifier();
    await codeFor(verifier, 'plain');
    const rows = await server.sql<{ code_challenge: string }>(
      'SELECT code_challenge FROM gh_authorization_code',
    );
    expect(rows.map((row) => row.code_challenge)).toContain(challengeOf(verifier));
    expect(JSON.stringify(rows)).not.toContain(verifier);
  });

  it('RFC 7636 §4.6 refuses another verifier, and the digest in place of the verifier', async () => {
    const verifier = newVerifier();
    const code = await codeFor(verifier, 'plain');
    for (const wrong of [newVerifier(), challengeOf(verifier), undefined]) {
      expectOAuthError(await rp.exchange(code, { code_verifier: wrong }), 400, 'invalid_grant');
    }
    expect((await rp.exchange(code, { code_verifier: verifier })).status).toBe(200);
  });

  it('still takes S256 from the same client', async () => {
    expect((await rp.exchange(await rp.code())).status).toBe(200);
  });

  it.each([
    ['too short', 'x'.repeat(42), 'plain'],
    ['too long', 'x'.repeat(129), 'plain'],
    ['of other characters', `${'x'.repeat(43)}+`, 'plain'],
    ['with an unknown method', 'x'.repeat(43), 'S512'],
    ['with an unknown spelling', 'x'.repeat(43), 'PLAIN'],
    ['absent', undefined, undefined],
  ])('refuses a challenge %s', async (_, code_challenge, code_challenge_method) => {
    const { location } = await rp.authorize({ code_challenge, code_challenge_method, state: 's' });
    expectRedirectError(server, location, 'invalid_request', 's');
  });

  it('refuses plain, named or meant, to every other client', async () => {
    const other = await aRelyingParty(server, aClient().public());
    for (const code_challenge_method of ['plain', undefined]) {
      const asked = { code_challenge: newVerifier(), code_challenge_method, state: 's' };
      const { location } = await other.authorize(asked);
      expectRedirectError(server, location, 'invalid_request', 's');
    }
  });

  // How stale the document may be: CLIENT_CACHE_TTL.
  it('is advertised while a client may use it', async () => {
    await vi.waitFor(
      async () => {
        const metadata = (await server.send('/.well-known/openid-configuration')).json;
        expect(metadata.code_challenge_methods_supported).toEqual(['S256', 'plain']);
      },
      { timeout: 3000 },
    );
  });
});
