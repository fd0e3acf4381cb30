import { aClient, aRelyingParty, aUser, sharedServer } from '../../support/index.js';
import type { HttpAnswer } from '../../support/index.js';

const server = await sharedServer();
const user = await aUser()
  .with({ given_name: 'Ada', family_name: 'Lovelace', email: 'ada@example.com' })
  .register(server);
const rp = await (await aRelyingParty(server)).signIn(user);

function expectChallenge(answer: HttpAnswer, status: number, error?: string): void {
  expect(answer.status).toBe(status);
  const challenge = answer.headers['www-authenticate']!;
  expect(challenge).toMatch(/^Bearer realm="gatehouse"(, \w+="[\x20-\x21\x23-\x5b\x5d-\x7e]*")*$/);
  if (error === undefined) expect(challenge).not.toContain('error');
  else expect(challenge).toContain(`error="${error}"`);
  expect(answer.headers['cache-control']).toBe('no-store');
}

describe.each([
  ['/oauth/userinfo', 'openid'],
  ['/api/me', 'user_info'],
])('RFC 6750 §2.1 Authorization header at %s', (path, scope) => {
  const get = (authorization?: string, suffix = '') =>
    server.send(path + suffix, { headers: { authorization } });

  it('lets a good token through, whatever the case of the scheme', async () => {
    const { access_token } = await rp.tokens({ scope });
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect((await get(`${scheme} ${access_token}`)).status).toBe(200);
    }
  });

  it('asks for a token where there is none, and calls nothing an error', async () => {
    expectChallenge(await get(), 401);
    expectChallenge(await get('Basic eDp5'), 401);
    expectChallenge(await get('Bearer'), 401);
  });

  it.each(['unknown', 'a.b.c', 'x'.repeat(10_000), '.'.repeat(5_000)])(
    'refuses an unknown token',
    async (token) => {
      expectChallenge(await get(`Bearer ${token}`), 401, 'invalid_token');
    },
  );

  it.each(['a b', 'a,b', 'a"b', '\u00e4', 'a=b'])('refuses %j, which breaks the grammar', async (token) => {
    expectChallenge(await get(`Bearer ${token}`), 401);
  });

  it('refuses an expired and a revoked token', async () => {
    const { access_token } = await rp.tokens({ scope });
    server.clock.advance(3_600);
    expectChallenge(await get(`Bearer ${access_token}`), 401, 'invalid_token');
    const another = await rp.tokens({ scope });
    await rp.revoke(another.access_token);
    expectChallenge(await get(`Bearer ${another.access_token}`), 401, 'invalid_token');
  });

  it('J11 says which scope is missing', async () => {
    const { access_token } = await rp.tokens({ scope: 'read' });
    const answer = await get(`Bearer ${access_token}`);
    expectChallenge(answer, 403, 'insufficient_scope');
    expect(answer.headers['www-authenticate']).toContain(`scope="${scope}"`);
  });

  it('J11 refuses a token for another API', async () => {
    const { access_token } = await rp.tokens({ scope, resource: 'https://api1.test' });
    expectChallenge(await get(`Bearer ${access_token}`), 401, 'invalid_token');
  });

  it('J11 gives nothing to a client that acts for itself', async () => {
    const client = await aRelyingParty(server, aClient().machine());
    const { access_token } = (await client.clientCredentials()).json;
    expect((await get(`Bearer ${access_token}`)).status).toBe(403);
  });

  it('J04 §2.3 takes no token from the address', async () => {
    const { access_token } = await rp.tokens({ scope });
    expectChallenge(await get(undefined, `?access_token=${access_token}`), 401);
  });

  it('J04 refuses two tokens in two headers', async () => {
    const { access_token } = await rp.tokens({ scope });
    const headers = { authorization: [`Bearer ${access_token}`, `Bearer ${access_token}`] };
    expect((await server.send(path, { headers })).status).toBeOneOf([200, 400, 401]);
  });

  it('J01 refuses every other kind of token', async () => {
    const { refresh_token, id_token } = await rp.tokens({ scope: `openid ${scope}` });
    for (const token of [refresh_token, id_token, await rp.code()]) {
      expectChallenge(await get(`Bearer ${token}`), 401, 'invalid_token');
    }
    for (const cookie of rp.browser.cookies.values()) {
      expectChallenge(await get(`Bearer ${cookie}`), 401, 'invalid_token');
    }
  });

  it('H13 authenticates nobody by a cookie', async () => {
    expectChallenge(await rp.browser.get(path), 401);
  });
});

describe('RFC 6750 §2.2 form-encoded body parameter', () => {
  const post = (body?: string | object, headers = {}) =>
    server.send('/oauth/userinfo', { method: 'POST', body: body as string, headers });

  it('takes the token from the header or from the form', async () => {
    const { access_token } = await rp.tokens();
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await post({ access_token })).json).toEqual({ sub: user.subject });
    expect((await post(undefined, headers)).json).toEqual({ sub: user.subject });
    expect((await post('', headers)).json).toEqual({ sub: user.subject });
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(undefined, { ...headers, ...type, 'content-length': '0' })).status).toBe(200);
  });

  it('J04 refuses two tokens', async () => {
    const { access_token } = await rp.tokens();
    const answer = await post({ access_token }, { authorization: `Bearer ${access_token}` });
    expect([answer.status, answer.json.error]).toEqual([400, 'invalid_request']);
    expect((await post(`access_token=${access_token}&access_token=${access_token}`)).status).toBe(400);
  });

  it('J04 takes none from the address', async () => {
    const { access_token } = await rp.tokens();
    const answer = await server.send(`/oauth/userinfo?access_token=${access_token}`, {
      method: 'POST',
      body: '',
    });
    expect(answer.status).toBe(401);
  });
});

describe('the sample API of the guides', () => {
  it('answers who the token speaks for', async () => {
    const { access_token } = await rp.tokens({ scope: 'user_info' });
    const answer = await server.send('/api/me', { headers: { authorization: `Bearer ${access_token}` } });
    expect(answer.json).toEqual({
      username: user.username,
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'ada@example.com',
    });
  });
});
