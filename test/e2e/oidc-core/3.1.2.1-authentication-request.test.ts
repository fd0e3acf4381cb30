import {
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  expectRedirectError,
  sharedServer,
  shows,
} from '../../support/index.js';
import type { Parameters, RelyingParty } from '../../support/index.js';

const server = await sharedServer();
const [alice, bob] = [await aUser().register(server), await aUser().register(server)];

async function signedIn(): Promise<RelyingParty> {
  const rp = await aRelyingParty(server);
  await rp.signInAndConsent(alice);
  return rp;
}

const authTime = async (rp: RelyingParty, overrides: Parameters = {}) =>
  claimsOf((await rp.tokens(overrides, alice)).id_token)['auth_time'] as number;

describe('OpenID Connect Core §3.1.2.1 prompt', () => {
  it('Q06 none gives a code at once to somebody who has signed in and consented', async () => {
    const rp = await signedIn();
    const before = await authTime(rp);
    server.clock.advance(5);
    const answer = await rp.browser.get(rp.authorizationUrl({ prompt: 'none' }));
    expect(answer.location!.searchParams.has('code')).toBe(true);
    expect(await authTime(rp, { prompt: 'none' })).toBe(before);
  });

  it('Q06 none shows no page: login_required for a stranger', async () => {
    const rp = await aRelyingParty(server);
    const state = 'abcdefgh'.repeat(16);
    expectRedirectError(
      server,
      (await rp.authorize({ prompt: 'none', state })).location,
      'login_required',
      state,
    );
  });

  it('S07 none shows no page: consent_required for what was never allowed, all or in part', async () => {
    const rp = await (await aRelyingParty(server)).signIn(alice);
    expectRedirectError(
      server,
      (await rp.authorize({ prompt: 'none', state: 's' })).location,
      'consent_required',
      's',
    );
    await rp.signInAndConsent(alice, { scope: 'openid' });
    const { location } = await rp.authorize({ prompt: 'none', scope: 'openid email', state: 's' });
    expectRedirectError(server, location, 'consent_required', 's');
  });

  it('none posts its error where form_post was asked for', async () => {
    const rp = await aRelyingParty(server);
    const page = await rp.authorize({ prompt: 'none', response_mode: 'form_post' });
    expect(page.status).toBe(200);
    expect(page.body).toContain('value="login_required"');
  });

  it('Q06 login asks for the password again, and auth_time is later', async () => {
    const rp = await signedIn();
    const before = await authTime(rp);
    server.clock.advance(10);
    expect(shows(await rp.authorize({ prompt: 'login' }), 'login-submit')).toBe(true);
    expect(await authTime(rp, { prompt: 'login' })).toBe(before + 10);
  });

  it('Q06 login cannot be got round: back to the flow without signing in shows the page again', async () => {
    const rp = await signedIn();
    server.clock.advance(1);
    const login = await rp.authorize({ prompt: 'login' });
    const interaction = new URL(login.url).searchParams.get('interaction')!;
    const resumed = await rp.browser.open(`/oauth/authorize/${interaction}`);
    expect(shows(resumed, 'login-submit')).toBe(true);
    await rp.browser.open(`/consent?interaction=${interaction}`);
    expect(shows(await rp.browser.open(`/oauth/authorize/${interaction}`), 'login-submit')).toBe(true);
  });

  it('consent asks again for what was allowed before', async () => {
    const rp = await signedIn();
    expect(shows(await rp.authorize({ prompt: 'consent' }), 'consent-allow')).toBe(true);
  });

  it('create is refused where nobody can make an account', async () => {
    const { location } = await (await signedIn()).authorize({ prompt: 'create', state: 's' });
    expectRedirectError(server, location, 'invalid_request', 's');
  });

  it('takes several together', async () => {
    const rp = await signedIn();
    server.clock.advance(1);
    const login = await rp.authorize({ prompt: 'login consent' });
    expect(shows(await rp.browser.signIn(alice, login), 'consent-allow')).toBe(true);
  });

  it.each(['none login', 'none consent', 'unknown', 'login unknown', 'NONE', ' none'])(
    'Q06 refuses %j',
    async (prompt) => {
      const rp = await signedIn();
      expectRedirectError(
        server,
        (await rp.authorize({ prompt, state: 's' })).location,
        'invalid_request',
        's',
      );
    },
  );
});

describe('OpenID Connect Core §3.1.2.1 max_age', () => {
  it('asks for the password again once the last time is too long ago', async () => {
    const rp = await signedIn();
    const before = await authTime(rp);
    server.clock.advance(2);
    expect(shows(await rp.authorize({ max_age: '1' }), 'login-submit')).toBe(true);
    expect(await authTime(rp, { max_age: '1' })).toBe(before + 2);
  });

  it('asks for nothing while it is not', async () => {
    const rp = await signedIn();
    const before = await authTime(rp, { max_age: '10000' });
    server.clock.advance(100);
    expect(await authTime(rp, { max_age: '10000' })).toBe(before);
  });

  it('with prompt=none says login_required', async () => {
    const rp = await signedIn();
    server.clock.advance(2);
    const { location } = await rp.authorize({ max_age: '1', prompt: 'none', state: 's' });
    expectRedirectError(server, location, 'login_required', 's');
  });

  it.each(['-1', 'NaN', '1e99', '1.5', '0x10', ' 1', '9'.repeat(20)])('Q06 refuses %s', async (max_age) => {
    const rp = await signedIn();
    expectRedirectError(
      server,
      (await rp.authorize({ max_age, state: 's' })).location,
      'invalid_request',
      's',
    );
  });
});

describe('OpenID Connect Dynamic Client Registration §2 what a client asks for in every request', () => {
  it('default_max_age counts where a request names no max_age', async () => {
    const rp = await (await aRelyingParty(server, aClient().with({ default_max_age: 60 }))).signIn(alice);
    await rp.code();
    server.clock.advance(61);
    expect(shows(await rp.authorize(), 'login-submit')).toBe(true);
    expect((await rp.authorize({ max_age: '100' })).location?.searchParams.has('code')).toBe(true);
  });

  it('require_auth_time: auth_time is in every ID token, asked for or not', async () => {
    const rp = await (await aRelyingParty(server, aClient().with({ require_auth_time: true }))).signIn(alice);
    expect(claimsOf((await rp.tokens()).id_token)).toHaveProperty('auth_time');
  });
});

describe('OpenID Connect Core §3.1.2.1 id_token_hint', () => {
  it('goes on silently for the person that it names, also with an expired ID token', async () => {
    const rp = await signedIn();
    const { id_token } = await rp.tokens();
    const silently = { prompt: 'none', id_token_hint: id_token };
    expect(claimsOf((await rp.tokens(silently)).id_token).sub).toBe(alice.subject);
    server.clock.advance(3_601);
    expect(claimsOf((await rp.tokens(silently)).id_token).sub).toBe(alice.subject);
  });

  it('Q06 never switches to another person silently', async () => {
    const rp = await signedIn();
    const other = await aRelyingParty(server);
    const { id_token } = await other.tokens({}, bob);
    const { location } = await rp.authorize({ prompt: 'none', id_token_hint: id_token, state: 's' });
    expectRedirectError(server, location, 'login_required', 's');
    expect(shows(await rp.authorize({ id_token_hint: id_token }), 'login-submit')).toBe(true);
  });

  it('asks again, and says why, when another person has signed in', async () => {
    const { id_token } = await (await aRelyingParty(server)).tokens({}, bob);
    const rp = await aRelyingParty(server);
    const page = await rp.browser.signIn(alice, await rp.authorize({ id_token_hint: id_token }));
    expect(shows(page, 'login-submit')).toBe(true);
    expect(page.body).toContain('asks for another account');
    expect((await rp.complete(page, bob)).searchParams.has('code')).toBe(true);
  });

  it('Q06 J01 refuses a hint that is no ID token of this server', async () => {
    const rp = await (
      await aRelyingParty(server, aClient().with({ access_token_format: 'jwt' }))
    ).signIn(alice);
    const { id_token, access_token } = await rp.tokens();
    const [header, payload] = id_token.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const hint of ['x', access_token, `${none}.${payload}.`, `${header}.${payload}.AAAA`]) {
      const { location } = await rp.authorize({ id_token_hint: hint, prompt: 'none', state: 's' });
      expectRedirectError(server, location, 'invalid_request', 's');
    }
  });
});

describe('OpenID Connect Core §3.1.2.1 what is only a wish', () => {
  it.each([
    { display: 'page' },
    { display: 'popup' },
    { display: 'touch' },
    { display: 'wap' },
    { display: 'hologram' },
    { ui_locales: 'se' },
    { claims_locales: 'se' },
    { acr_values: '1 2' },
    { acr_values: 'urn:unknown' },
    { ui_locales: 'de-CH de en' },
    { login_hint: '"><svg onload=alert(1)>' },
    { login_hint: 'x'.repeat(5_000) },
    { login_hint: 'buffy@example.com' },
  ] as Parameters[])('does not mind %j', async (wish) => {
    const rp = await signedIn();
    expect((await rp.signInAndConsent(alice, wish)).searchParams.has('code')).toBe(true);
  });

  it('fills the login_hint in', async () => {
    const rp = await aRelyingParty(server);
    expect((await rp.authorize({ login_hint: 'buffy@example.com' })).body).toContain(
      'value="buffy@example.com"',
    );
  });

  it('Q06 shows a login_hint as text, and none that is too long for a name', async () => {
    const rp = await aRelyingParty(server);
    expect((await rp.authorize({ login_hint: '"><svg onload=alert(1)>' })).body).not.toContain('<svg onload');
    const page = await rp.authorize({ login_hint: 'x'.repeat(201) });
    expect(shows(page, 'login-submit')).toBe(true);
    expect(page.body).not.toContain('xxx');
  });
});
