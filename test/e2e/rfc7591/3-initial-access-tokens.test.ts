import { AuditService } from '../../../src/audit/index.js';
import { InitialAccessTokensService } from '../../../src/registration/index.js';
import { EDITOR, aRelyingParty, aUser, expectOAuthError, startServer } from '../../support/index.js';
import { WEB, anInitialAccessToken, register, registered } from './registration.js';

describe('RFC 7591 §3 registration with an initial access token', async () => {
  const server = await startServer({ settings: { registration: { access: 'token' } } });
  afterAll(() => server.close());

  const count = async () =>
    (await server.sql<{ n: number }>('SELECT count(*)::int AS n FROM gh_client'))[0]!.n;

  it('D01 refuses who has none, and says how to prove oneself', async () => {
    const answer = await register(server, WEB);
    expectOAuthError(answer, 401, 'invalid_token');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="gatehouse"');
  });

  it('D01 refuses access tokens of users and clients', async () => {
    const rp = await aRelyingParty(server);
    const tokens = await rp.tokens({}, await aUser().register(server));
    for (const token of [tokens.access_token, tokens.refresh_token, tokens.id_token]) {
      const answer = await register(server, WEB, token);
      expectOAuthError(answer, 401, 'invalid_token');
      expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
    }
  });

  it('D01 refuses one that is unknown, used up, deleted or expired, all with the same words', async () => {
    const used = await anInitialAccessToken(server);
    await registered(server, WEB, used);
    const expired = await anInitialAccessToken(server, {
      uses: null,
      expiresAt: new Date(server.clock.now().getTime() + 60_000),
    });
    await registered(server, WEB, expired);
    server.clock.advance(61);
    const service = server.get(InitialAccessTokensService);
    const { token: deleted, row } = await service.create({ label: 'x', uses: 1, expiresAt: null }, EDITOR);
    await service.delete(row.id, EDITOR);
    const before = await count();
    const answers = await Promise.all(
      ['x'.repeat(43), used, expired, deleted].map((token) => register(server, WEB, token)),
    );
    for (const answer of answers) expectOAuthError(answer, 401, 'invalid_token');
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await count()).toBe(before);
  });

  it('takes it from the header only', async () => {
    const token = await anInitialAccessToken(server);
    const answer = await server.send(`/oauth/register?access_token=${token}`, {
      method: 'POST',
      body: Buffer.from(JSON.stringify(WEB)),
      headers: { 'content-type': 'application/json' },
    });
    expectOAuthError(answer, 401, 'invalid_token');
    const basic = `Basic ${Buffer.from(`x:${token}`).toString('base64')}`;
    const other = await server.send('/oauth/register', {
      method: 'POST',
      body: Buffer.from(JSON.stringify(WEB)),
      headers: { 'content-type': 'application/json', authorization: basic },
    });
    expectOAuthError(other, 401, 'invalid_token');
  });

  it('lets as many register as it says, and no more', async () => {
    const token = await anInitialAccessToken(server, { uses: 3 });
    for (let use = 0; use < 3; use++) await registered(server, WEB, token);
    expectOAuthError(await register(server, WEB, token), 401, 'invalid_token');
  });

  it('costs no use when the metadata is refused', async () => {
    const token = await anInitialAccessToken(server);
    expectOAuthError(await register(server, { redirect_uris: ['x'] }, token), 400, 'invalid_redirect_uri');
    await registered(server, WEB, token);
  });

  it('lets one of 50 register at once that want the last use', async () => {
    const token = await anInitialAccessToken(server);
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 50 }, () => register(server, WEB, token)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 49 }, () => 401)]);
    expect(await count()).toBe(before + 1);
  });

  it('is stored as a digest, and records what was registered with it', async () => {
    const token = await anInitialAccessToken(server, { label: 'ACME, build 7', uses: 2 });
    const { client_id } = await registered(server, WEB, token);
    const rows = await server.sql<object>(
      "SELECT * FROM gh_initial_access_token WHERE label = 'ACME, build 7'",
    );
    expect(rows).toEqual([expect.objectContaining({ uses_left: 1, last_used_at: expect.any(Date) })]);
    expect(JSON.stringify(rows)).not.toContain(token);
    const [record] = await server.get(AuditService).list({ target: client_id }, { limit: 1 });
    expect(record).toMatchObject({
      action: 'client.created',
      actor: 'initial access token ACME, build 7',
      ip: expect.stringContaining('127.0.0.1'),
      changes: { registered_with: { before: null, after: 'initial access token ACME, build 7' } },
    });
    expect(JSON.stringify(record)).not.toContain(token);
  });
});
