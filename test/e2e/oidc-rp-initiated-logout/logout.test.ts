import { CompactEncrypt, generateKeyPair } from 'jose';
import {
  Browser,
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  encoded,
  expectErrorPage,
  formOf,
  sharedServer,
  shows,
  tokensOf,
} from '../../support/index.js';
import type { HttpAnswer, Parameters } from '../../support/index.js';

const AFTER = 'https://rp.test/signed-out';
const OTHERS = 'https://other.test/signed-out';

describe('OpenID RP-Initiated Logout 1.0', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const { client } = await aRelyingParty(
    server,
    aClient().with({ client_name: 'Calendar', post_logout_redirect_uris: [AFTER, `${AFTER}?a=1`] }),
  );
  const other = await aRelyingParty(server, aClient().with({ post_logout_redirect_uris: [OTHERS] }));

  /** Signed in at the application, with its ID token. */
  async function signedIn() {
    const rp = new RelyingParty(server, client, new Browser(server));
    const tokens = await rp.tokens({}, user);
    return { rp, browser: rp.browser, hint: tokens.id_token, tokens };
  }

  const logout = (browser: Browser, parameters: Parameters = {}): Promise<HttpAnswer> =>
    browser.get(`/oauth/logout?${encoded(parameters)}`);

  const confirm = (browser: Browser, page: HttpAnswer): Promise<HttpAnswer> => {
    const { action, hidden } = formOf(page);
    return browser.post(action, hidden);
  };

  const isSignedIn = async (browser: Browser): Promise<boolean> =>
    (await browser.get('/account')).status === 200;

  it('oidcc-rp-initiated-logout-discovery-endpoint-verification: §2.1 advertises end_session_endpoint', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json.end_session_endpoint).toBe(`${server.issuer}/oauth/logout`);
  });

  describe('§2 an ID token of the very session stands for its user: nobody is asked', () => {
    it('oidcc-rp-initiated-logout: signs out, and returns with exactly the state', async () => {
      const { rp, browser, hint } = await signedIn();
      const state = 'x'.repeat(128);
      const answer = await logout(browser, { id_token_hint: hint, post_logout_redirect_uri: AFTER, state });
      expect([answer.status, answer.headers.location]).toEqual([303, `${AFTER}?state=${state}`]);
      expect(answer.headers['cache-control']).toBe('no-store');
      const silent = await rp.authorize({ prompt: 'none' });
      expect(silent.location!.searchParams.get('error')).toBe('login_required');
    });

    it.each([
      ['oidcc-rp-initiated-logout-no-state: without any state', AFTER, undefined, AFTER],
      ['with a query of its own', `${AFTER}?a=1`, 'a&b c', `${AFTER}?a=1&state=a%26b+c`],
    ])('returns to an address, %s', async (_, uri, state, expected) => {
      const { browser, hint } = await signedIn();
      const parameters = { id_token_hint: hint, post_logout_redirect_uri: uri, state };
      expect((await logout(browser, parameters)).headers.location).toBe(expected);
    });

    it('oidcc-rp-initiated-logout-no-post-logout-redirect-uri: ends on a page that says so', async () => {
      const { browser, hint } = await signedIn();
      const page = await logout(browser, { id_token_hint: hint });
      expect([page.status, page.headers.location]).toEqual([200, undefined]);
      expect(page.body).toContain('You are signed out');
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('takes an expired hint, while the session lasts', async () => {
      const { browser, hint } = await signedIn();
      server.clock.advance(3_601);
      const parameters = { id_token_hint: hint, post_logout_redirect_uri: AFTER };
      expect((await logout(browser, parameters)).headers.location).toBe(AFTER);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('takes the hint of a refreshed session, and one from before the user proved himself again', async () => {
      const { rp, browser, hint, tokens } = await signedIn();
      const refreshed = tokensOf(await rp.refresh(tokens.refresh_token)).id_token;
      await rp.signIn(user);
      expect(claimsOf(refreshed)['sid']).toBe(claimsOf(hint)['sid']);
      await logout(browser, { id_token_hint: refreshed });
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('does so on a form from another site, too', async () => {
      const { browser, hint } = await signedIn();
      const parameters = { id_token_hint: hint, post_logout_redirect_uri: AFTER, state: 's' };
      const answer = await browser.post('/oauth/logout', parameters, { 'sec-fetch-site': 'cross-site' });
      expect([answer.status, answer.location!.pathname]).toEqual([303, '/oauth/logout']);
      expect((await browser.follow(answer)).headers.location).toBe(`${AFTER}?state=s`);
    });

    it('does not ask where nobody is signed in', async () => {
      const { hint } = await signedIn();
      const browser = new Browser(server);
      expect((await logout(browser)).body).toContain('You are signed out');
      const parameters = { id_token_hint: hint, post_logout_redirect_uri: AFTER, state: 's' };
      expect((await logout(browser, parameters)).headers.location).toBe(`${AFTER}?state=s`);
    });
  });

  describe('§2 asks first where that proof is missing, and signs out when the person says so', () => {
    it.each<[string, Parameters]>([
      ['oidcc-rp-initiated-logout-no-params: nothing', {}],
      ['oidcc-rp-initiated-logout-only-state: only a state', { state: 'x' }],
      ['only a client_id', { client_id: client.id }],
    ])('with %s', async (_, parameters) => {
      const { browser } = await signedIn();
      const question = await logout(browser, parameters);
      expect(shows(question, 'logout-confirm')).toBe(true);
      expect(await isSignedIn(browser)).toBe(true);
      const page = await confirm(browser, question);
      expect([page.status, page.headers.location]).toEqual([200, undefined]);
      expect(page.body).toContain('You are signed out');
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('with another user’s hint: his session is not the one that would end', async () => {
      const { hint } = await signedIn();
      const browser = new Browser(server);
      const somebody = await aUser().register(server);
      await new RelyingParty(server, client, browser).tokens({}, somebody);
      const parameters = { id_token_hint: hint, post_logout_redirect_uri: AFTER, state: 's' };
      const page = await logout(browser, parameters);
      expect(shows(page, 'logout-confirm')).toBe(true);
      expect(page.body).toContain(somebody.username);
      expect(await isSignedIn(browser)).toBe(true);
      expect((await confirm(browser, page)).headers.location).toBe(`${AFTER}?state=s`);
    });

    it('with a hint of the same user’s earlier session', async () => {
      const { rp, browser, hint } = await signedIn();
      await confirm(browser, await logout(browser));
      await rp.tokens({}, user);
      const page = await logout(browser, { id_token_hint: hint, post_logout_redirect_uri: AFTER });
      expect(shows(page, 'logout-confirm')).toBe(true);
      expect(page.body).toContain('Calendar');
      expect(await isSignedIn(browser)).toBe(true);
    });

    it('with a hint of the same user’s session in another browser', async () => {
      const { hint } = await signedIn();
      const { browser } = await signedIn();
      expect(shows(await logout(browser, { id_token_hint: hint }), 'logout-confirm')).toBe(true);
      expect(await isSignedIn(browser)).toBe(true);
    });

    it('with an encrypted hint, which only the client can read', async () => {
      const { browser, hint } = await signedIn();
      const { publicKey } = await generateKeyPair('RSA-OAEP-256');
      const sealed = await new CompactEncrypt(Buffer.from(hint))
        .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' })
        .encrypt(publicKey);
      const parameters = { id_token_hint: sealed, client_id: client.id, post_logout_redirect_uri: AFTER };
      const page = await logout(browser, parameters);
      expect(shows(page, 'logout-confirm')).toBe(true);
      const end = await confirm(browser, page);
      expect([end.status, end.headers.location]).toEqual([200, undefined]);
    });

    it('only offers the address when no ID token proves the client', async () => {
      const { browser } = await signedIn();
      const parameters = { client_id: client.id, post_logout_redirect_uri: AFTER };
      const page = await confirm(browser, await logout(browser, parameters));
      expect(page.status).toBe(200);
      expect(page.body).toContain(`id="continue" class="button block" href="${AFTER}"`);
      expect(page.headers.refresh).toBeUndefined();
      expect(page.body).not.toContain('<script');
    });
  });

  describe('R15 post_logout_redirect_uri abuse', async () => {
    const { browser, hint } = await signedIn();
    const othersHint = (await other.tokens({}, user)).id_token;
    const [header, payload, signature] = hint.split('.') as [string, string, string];
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');

    it.each<[string, Parameters]>([
      [
        'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri: an unregistered one',
        { id_token_hint: hint, post_logout_redirect_uri: 'https://evil.test/' },
      ],
      ['another client’s', { id_token_hint: hint, post_logout_redirect_uri: OTHERS }],
      ['a registered one with another client’s hint', { id_token_hint: othersHint }],
      ['its twin with a port', { id_token_hint: hint, post_logout_redirect_uri: withPort(AFTER) }],
      ['its upper-case twin', { id_token_hint: hint, post_logout_redirect_uri: AFTER.toUpperCase() }],
      [
        'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri: an added query',
        { id_token_hint: hint, post_logout_redirect_uri: `${AFTER}?x=1` },
      ],
      ['a trailing slash', { id_token_hint: hint, post_logout_redirect_uri: `${AFTER}/` }],
      ['oidcc-rp-initiated-logout-no-id-token-hint: no hint and no client_id', {}],
      ['an unknown client_id', { client_id: 'no-such-client' }],
      ['a client_id that is not the hint’s', { id_token_hint: hint, client_id: other.client.id }],
      ['a state with a line break', { id_token_hint: hint, state: 'x\r\nLocation: https://evil.test/' }],
      ['oidcc-rp-initiated-logout-bad-id-token-hint: a hint that is none', { id_token_hint: 'nonsense' }],
      [
        'oidcc-rp-initiated-logout-modified-id-token-hint: a hint without a signature',
        { id_token_hint: `${none}.${payload}.` },
      ],
      ['an altered hint', { id_token_hint: `${header}.${altered(payload)}.${signature}` }],
    ])('refuses %s: an error page, no redirect, and the session untouched', async (_, parameters) => {
      const answer = await logout(browser, { post_logout_redirect_uri: AFTER, ...parameters });
      expectErrorPage(answer);
      expect(answer.body).toContain('invalid_request');
      expect(answer.body).toMatch(/post_logout_redirect_uri|id_token_hint|client_id|state/);
      expect(shows(answer, 'logout-confirm')).toBe(false);
      expect(await isSignedIn(browser)).toBe(true);
      const posted = await browser.post('/oauth/logout', { post_logout_redirect_uri: AFTER, ...parameters });
      expectErrorPage(posted);
    });

    it('refuses an access token as hint', async () => {
      const { tokens } = await signedIn();
      expectErrorPage(await logout(browser, { id_token_hint: tokens.access_token }));
    });

    it('refuses a repeated parameter', async () => {
      const twice = `post_logout_redirect_uri=${encodeURIComponent(AFTER)}`;
      const query = `${encoded({ id_token_hint: hint })}&${twice}&${twice}`;
      expectErrorPage(await browser.get(`/oauth/logout?${query}`));
    });
  });

  describe('S08 logout by another site', () => {
    it('leaves the session alone until the person has confirmed', async () => {
      const { browser } = await signedIn();
      await browser.get('/oauth/logout', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' });
      expect(await isSignedIn(browser)).toBe(true);
    });

    it.each([
      ['without a token', undefined, 'same-origin'],
      ['with a wrong token', 'x'.repeat(43), 'same-origin'],
      ['with the token, from another site', 'good', 'cross-site'],
    ])('asks again after a form %s', async (_, csrf, site) => {
      const { browser } = await signedIn();
      const { hidden } = formOf(await logout(browser));
      const form = { csrf: csrf === 'good' ? hidden['csrf'] : csrf, state: 'x' };
      const answer = await browser.post('/oauth/logout', form, { 'sec-fetch-site': site });
      expect(shows(await browser.follow(answer), 'logout-confirm')).toBe(true);
      expect(await isSignedIn(browser)).toBe(true);
    });

    it('ends the session here, so that its cookie is worth nothing; nothing of it was kept by the browser', async () => {
      const { browser } = await signedIn();
      const cookies = new Map(browser.cookies);
      const account = await browser.get('/account');
      expect(account.headers['cache-control']).toBe('no-store');
      await confirm(browser, await logout(browser));
      for (const [name, value] of cookies) browser.cookies.set(name, value);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('lets the form lead to the application only', async () => {
      const { browser } = await signedIn();
      const page = await logout(browser, { client_id: client.id, post_logout_redirect_uri: AFTER });
      expect(page.headers['content-security-policy']).toContain("form-action 'self' https://rp.test https:;");
      const plain = await logout(browser);
      expect(plain.headers['content-security-policy']).toContain("form-action 'self';");
    });
  });
});

const withPort = (uri: string): string => uri.replace('.test/', '.test:443/');

/** The claims for another audience, under the signature of the old ones. */
function altered(payload: string): string {
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return Buffer.from(JSON.stringify({ ...claims, aud: 'other' })).toString('base64url');
}
