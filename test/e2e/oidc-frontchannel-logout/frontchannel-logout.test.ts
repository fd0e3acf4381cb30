import {
  Browser,
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  encoded,
  formOf,
  sharedServer,
} from '../../support/index.js';
import type { ClientBuilder, HttpAnswer } from '../../support/index.js';

const AFTER = 'https://rp.test/signed-out';

describe('OpenID Connect Front-Channel Logout 1.0', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);

  const framed = (uri = 'https://rp.test/frontchannel-logout'): ClientBuilder =>
    aClient().with({
      client_name: 'Calendar',
      frontchannel_logout_uri: uri,
      frontchannel_logout_session_required: true,
      post_logout_redirect_uris: [AFTER],
    });

  async function signedIn(client = framed(), browser = new Browser(server), scope = 'openid') {
    const rp = new RelyingParty(server, await client.register(server), browser);
    const tokens = await rp.tokens({ scope }, user);
    return { rp, browser, hint: tokens.id_token, sid: tokens.id_token && claimsOf(tokens.id_token)['sid'] };
  }

  const logout = ({ browser, hint }: { browser: Browser; hint: string }): Promise<HttpAnswer> =>
    browser.get(
      `/oauth/logout?${encoded({ id_token_hint: hint, post_logout_redirect_uri: AFTER, state: 's' })}`,
    );

  const framesOf = ({ body }: HttpAnswer): string[] =>
    [...body.matchAll(/<iframe src="([^"]*)"/g)].map(([, src]) =>
      src!.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    );
  /** What a browser without scripts follows. */
  const refreshOf = ({ body }: HttpAnswer): string | undefined =>
    /<noscript><meta http-equiv="refresh" content="([^"]*)"><\/noscript>/
      .exec(body)?.[1]
      ?.replaceAll('&#x3D;', '=');

  it('oidcc-frontchannel-logout-discovery-endpoint-verification: §3 both are supported', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json).toMatchObject({
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
    });
  });

  describe('oidcc-frontchannel-rp-initiated-logout', () => {
    it('§2, §3 frames the page of the application, with iss and sid, before it leads on', async () => {
      const session = await signedIn();
      const page = await logout(session);
      expect([page.status, page.headers.location]).toEqual([200, undefined]);
      const query = encoded({ iss: server.issuer, sid: session.sid as string });
      expect(framesOf(page)).toEqual([`https://rp.test/frontchannel-logout?${query}`]);
      expect(page.body).toContain(`id="continue" class="button block" href="${AFTER}?state&#x3D;s"`);
      expect(page.body).toContain('Calendar');
      expect((await session.browser.get('/account')).status).toBe(303);
    });

    it('lets the page frame these origins and run one script, and nothing else', async () => {
      const browser = new Browser(server);
      const elsewhere = framed('https://two.test:8443/out').redirectUris('https://two.test:8443/cb');
      await signedIn(framed(), browser);
      await signedIn(framed(), browser);
      const page = await logout(await signedIn(elsewhere, browser));
      const policy = page.headers['content-security-policy'] as string;
      expect(policy).toMatch(
        /; frame-src (https:\/\/rp\.test https:\/\/two\.test:8443|https:\/\/two\.test:8443 https:\/\/rp\.test);/,
      );
      expect(policy).toMatch(/; script-src 'sha256-[\w+/=]+';/);
      expect(policy).toContain("default-src 'none'");
      expect(framesOf(page)).toHaveLength(3);
      expect(page.body.match(/sandbox="allow-scripts allow-same-origin allow-forms"/g)).toHaveLength(3);
      expect(page.headers['referrer-policy']).toBe('no-referrer');
    });

    // What runs the script must not lead on a second time: the application takes an answer once.
    it('leads on where there are no scripts, too, and only there by itself', async () => {
      const page = await logout(await signedIn());
      expect(page.headers.refresh).toBeUndefined();
      expect(refreshOf(page)).toBe(`2;url=${AFTER}?state=s`);
    });

    it('knows an application that has nothing but an ID token', async () => {
      const implicit = framed().with({ grant_types: ['implicit'], response_types: ['id_token'] });
      const rp = new RelyingParty(server, await implicit.register(server), new Browser(server));
      const { hash } = await rp.signInAndConsent(user, { response_type: 'id_token', nonce: 'n' });
      const hint = new URLSearchParams(hash.slice(1)).get('id_token')!;
      expect(framesOf(await logout({ browser: rp.browser, hint }))).toHaveLength(1);
    });

    it('keeps a query that the address has', async () => {
      const session = await signedIn(framed('https://rp.test/out?from=gatehouse'));
      const query = encoded({ iss: server.issuer, sid: session.sid as string });
      expect(framesOf(await logout(session))).toEqual([`https://rp.test/out?from=gatehouse&${query}`]);
    });

    it('frames each application of the session once, and none of others', async () => {
      const session = await signedIn();
      await session.rp.tokens();
      await signedIn();
      await signedIn(aClient().with({ client_name: 'Without' }), session.browser);
      await signedIn(framed('https://rp.test/oauth-only'), session.browser, 'read');
      expect(framesOf(await logout(session))).toHaveLength(1);
    });
  });

  it('does so on the account page as well, and then leads to the first page', async () => {
    const { browser } = await signedIn();
    const { action, hidden } = formOf(await browser.get('/account'));
    expect(new URL(action).pathname).toBe('/account/sign-out');
    const page = await browser.post(action, hidden);
    expect(framesOf(page)).toHaveLength(1);
    expect(refreshOf(page)).toBe(`2;url=${server.issuer}/`);
  });

  it('leads nowhere unasked where no ID token proves the client, and frames all the same', async () => {
    const { browser } = await signedIn();
    const page = await browser.submit(await browser.get('/oauth/logout'), {});
    expect(framesOf(page)).toHaveLength(1);
    expect([refreshOf(page), page.body.includes('<script')]).toEqual([undefined, false]);
    expect(page.headers['content-security-policy']).toContain('; frame-src https://rp.test;');
    expect(page.headers['content-security-policy']).not.toContain('script-src');
  });

  it('leads on at once where there is nobody to tell', async () => {
    const rp = await aRelyingParty(server, aClient().with({ post_logout_redirect_uris: [AFTER] }));
    const { id_token: hint } = await rp.tokens({}, user);
    expect((await logout({ browser: rp.browser, hint })).headers.location).toBe(`${AFTER}?state=s`);
  });

  it('frames nothing for whoever only holds an ID token, and no browser of the session', async () => {
    const { hint } = await signedIn();
    const page = await logout({ browser: new Browser(server), hint });
    expect(page.headers.location).toBe(`${AFTER}?state=s`);
  });
});
