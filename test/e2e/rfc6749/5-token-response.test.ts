import {
  aClient,
  aRelyingParty,
  aUser,
  encoded,
  expectOAuthError,
  sharedServer,
} from '../../support/index.js';
import type { HttpAnswer } from '../../support/index.js';

const server = await sharedServer();

describe('RFC 6749 §5.1 successful response', async () => {
  const user = await aUser().register(server);
  const rp = await aRelyingParty(server);

  it('is JSON that nobody keeps', async () => {
    const first = await rp.exchange(await rp.code({}, user));
    const second = await rp.refresh(first.json.refresh_token);
    for (const answer of [first, second]) {
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers.pragma).toBe('no-cache');
      expect(answer.json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid' });
    }
  });

  it('K03 gives tokens of 256 random bits', async () => {
    const machine = await aRelyingParty(server, aClient().machine());
    const answers = await Promise.all(Array.from({ length: 20 }, () => machine.clientCredentials()));
    const tokens = answers.map((answer) => answer.json.access_token as string);
    expect(new Set(tokens).size).toBe(20);
    expect(new Set(tokens.map((token) => token.slice(0, 4))).size).toBe(20);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });

  it('K05 stores no code, token, session or secret that could be used', async () => {
    const client = await aRelyingParty(server);
    const code = await client.code({}, user);
    const { json } = await client.exchange(code);
    const secrets = [
      code,
      json.access_token,
      json.refresh_token,
      client.client.secret,
      user.password,
      client.verifier,
    ];
    secrets.push(...client.browser.cookies.values());
    const tables = await server.sql<{
      name: string;
    }>(`SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public'`);
    for (const { name } of tables) {
      const [{ dump }] = (await server.sql(
        `SELECT coalesce(json_agg(t)::text, '') AS dump FROM "${name}" t`,
      )) as [{ dump: string }];
      for (const secret of secrets) {
        expect(dump).not.toContain(secret);
        expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
      }
    }
  });
});

describe('RFC 6749 §5.2 error response', async () => {
  const rp = await aRelyingParty(server);
  const url = '/oauth/token';
  const form = { grant_type: 'refresh_token', refresh_token: 'x' };

  it.each([
    ['token', '/oauth/token'],
    ['revoke', '/oauth/revoke'],
    ['introspect', '/oauth/introspect'],
  ])('A05 lets only POST through at %s', async (_, path) => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD']) {
      const answer = await server.send(`${path}?${encoded(form)}`, { method });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    }
  });

  it('A05 refuses parameters in the query, with or without a body', async () => {
    expectOAuthError(await rp.post(`${url}?${encoded(form)}`, {}), 400, 'invalid_request');
    expectOAuthError(await rp.post(`${url}?scope=read`, form), 400, 'invalid_request');
  });

  describe.each([
    [
      '/oauth/token',
      ['grant_type', 'client_id', 'client_secret', 'code', 'redirect_uri', 'code_verifier', 'scope'],
    ],
    ['/oauth/revoke', ['token', 'token_type_hint', 'client_id', 'client_secret']],
    ['/oauth/introspect', ['token', 'token_type_hint', 'client_id', 'client_secret']],
  ])('H10 at %s', (path, names) => {
    it.each(names)('refuses %s twice', async (name) => {
      for (const body of [
        `${name}=a&${name}=b`,
        `${name}=a&${name}=a`,
        `${name}=&${name}=a`,
        `${name}&x=y&${name}`,
      ]) {
        expectOAuthError(await rp.post(path, {}, { body }), 400, 'invalid_request');
      }
    });
  });

  it.each([
    ['JSON', 'application/json', '{"grant_type":"refresh_token"}', 415],
    ['plain text', 'text/plain', 'grant_type=refresh_token', 415],
    ['multipart', 'multipart/form-data; boundary=x', '--x--', 415],
    ['no content type', undefined, Buffer.from('grant_type=refresh_token'), 415],
    ['UTF-16', 'application/x-www-form-urlencoded; charset=utf-16', Buffer.from('a=b', 'utf16le'), 400],
    ['bytes that are no ASCII', 'application/x-www-form-urlencoded', Buffer.from('a=ä'), 400],
  ])('H13 refuses a body of %s', async (_, type, body, status) => {
    const answer = await rp.post(url, {}, { body, headers: { 'content-type': type } });
    expectOAuthError(answer, status, 'invalid_request');
  });

  it('H13 never inflates a body', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expectOAuthError(await rp.post(url, form, { headers }), 415, 'invalid_request');
  });

  it('refuses an empty body', async () => {
    expectOAuthError(await server.send(url, { method: 'POST' }), 400, 'invalid_request');
    expectOAuthError(await server.send(url, { method: 'POST', body: '' }), 401, 'invalid_client');
  });

  it('H11 refuses what is too large', async () => {
    expectOAuthError(await rp.post(url, { x: 'a'.repeat(100_000) }), 413, 'invalid_request');
    expectOAuthError(await rp.post(url, {}, { body: 'a=1&'.repeat(10_000) }), 400, 'invalid_request');
    expect((await server.send(url, { method: 'POST', headers: { x: 'a'.repeat(64_000) } })).status).toBe(431);
  });

  it.each(['a'.repeat(50_000), '.'.repeat(50_000), 'a.b.c', '..', '\u0001', 'ü', "' OR 1=1 --"])(
    'H11 H15 H16 calls no token good that it has not made: %.10s',
    async (token) => {
      const printable = !token.includes('\u0001');
      expectOAuthError(await rp.refresh(token), 400, printable ? 'invalid_grant' : 'invalid_request');
      const introspected = await rp.introspect(token);
      expect(introspected.body).toBe(printable ? '{"active":false}' : introspected.body);
      expect(introspected.status).toBe(printable ? 200 : 400);
      expect((await rp.revoke(token)).status).toBe(printable ? 200 : 400);
    },
  );

  it.each(['%00', '%ff', '%c0%af', '%ed%a0%80', '%', '%zz'])('H15 refuses %s anywhere', async (bytes) => {
    for (const name of ['grant_type', 'code', 'refresh_token', 'scope', 'client_id', 'token', 'x']) {
      for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/introspect']) {
        const answer: HttpAnswer = await rp.post(path, {}, { body: `${name}=a${bytes}b` });
        expectOAuthError(answer, 400, 'invalid_request');
      }
    }
  });

  it('says no more than its error: no stack, no SQL, no path', async () => {
    for (const answer of [await rp.refresh('x'), await rp.token({}), await rp.token({ grant_type: 'x' })]) {
      expect(answer.body).not.toMatch(/at |node_modules|SELECT|\.ts|\.js/);
    }
  });
});
