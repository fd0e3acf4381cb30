import { createHash } from 'node:crypto';
import {
  Browser,
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  formOf,
  sharedServer,
  startServer,
} from '../../support/index.js';

const STATE = 'gatehouse-state';
const SESSION_STATE = /^([0-9a-f]{64})\.([0-9a-f]{32})$/;

describe('OpenID Connect Session Management 1.0', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);

  /** What the frame computes from the cookie. */
  function isUnchanged(rp: RelyingParty, sessionState: string, origin = 'https://rp.test'): boolean {
    const [, hash, salt] = SESSION_STATE.exec(sessionState)!;
    const text = `${rp.client.id} ${origin} ${rp.browser.cookies.get(STATE) ?? ''} ${salt}`;
    return createHash('sha256').update(text).digest('hex') === hash;
  }

  const stateIn = (location: URL): string => location.searchParams.get('session_state')!;

  it('oidcc-session-management-discovery-endpoint-verification: §3.3 advertises check_session_iframe', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json.check_session_iframe).toBe(`${server.issuer}/oauth/session/check`);
  });

  describe('oidcc-session-management-rp-initiated-logout', () => {
    it('§2 the answer has a session_state, which is unchanged until the user signs out', async () => {
      const rp = await aRelyingParty(server);
      const state = stateIn(await rp.signInAndConsent(user));
      expect(isUnchanged(rp, state)).toBe(true);
      await rp.authorize({ prompt: 'none' });
      expect(isUnchanged(rp, state)).toBe(true);
      await rp.browser.submit(await rp.browser.get('/oauth/logout'), {});
      expect(rp.browser.cookies.has(STATE)).toBe(false);
      expect(isUnchanged(rp, state)).toBe(false);
    });

    it('§3 it changes with the user, and when he proves himself again', async () => {
      const rp = await aRelyingParty(server);
      const first = stateIn(await rp.signInAndConsent(user));
      await rp.browser.signIn(user);
      expect(isUnchanged(rp, first)).toBe(false);
      const second = stateIn(await rp.signInAndConsent(user));
      await rp.browser.signIn(await aUser().register(server));
      expect(isUnchanged(rp, second)).toBe(false);
    });

    it('§2 every answer has a salt of its own', async () => {
      const rp = await aRelyingParty(server);
      const states = [await rp.signInAndConsent(user), (await rp.authorize()).location!].map(stateIn);
      expect(states[0]).not.toBe(states[1]);
      expect(states.every((state) => isUnchanged(rp, state))).toBe(true);
    });

    it('§2 it is of the client and of its origin', async () => {
      const rp = await aRelyingParty(server, aClient().redirectUris('https://rp.test:8443/cb'));
      const state = stateIn(await rp.signInAndConsent(user));
      expect(isUnchanged(rp, state, 'https://rp.test:8443')).toBe(true);
      expect(isUnchanged(rp, state)).toBe(false);
      const other = new RelyingParty(server, await aClient().register(server), rp.browser);
      expect(isUnchanged(other, state, 'https://rp.test:8443')).toBe(false);
    });

    it.each([
      ['fragment', 'code id_token', { nonce: 'n', response_type: 'code id_token' }],
      ['form_post', 'code', { response_mode: 'form_post' }],
    ])('§2 it comes by %s, too', async (mode, responseType, request) => {
      const hybrid = aClient().with({
        grant_types: ['authorization_code', 'implicit'],
        response_types: [responseType],
      });
      const rp = await aRelyingParty(server, mode === 'fragment' ? hybrid : aClient());
      await rp.browser.signIn(user);
      let page = await rp.authorize(request);
      if (page.body.includes('consent-allow')) page = await rp.browser.submit(page, { decision: 'allow' });
      const state =
        mode === 'fragment'
          ? new URLSearchParams(page.location!.hash.slice(1)).get('session_state')
          : formOf(page).hidden['session_state'];
      expect(isUnchanged(rp, state!)).toBe(true);
    });
  });

  it.each([
    ['OAuth alone', aClient(), { scope: 'read' }],
    ['an application without an origin', aClient().native().redirectUris('com.example.app:/cb'), {}],
  ])('knows none for %s', async (_, client, request) => {
    const rp = await aRelyingParty(server, client);
    const location = await rp.signInAndConsent(user, request);
    expect(location.searchParams.get('code')).toBeTruthy();
    expect(location.searchParams.has('session_state')).toBe(false);
  });

  it('knows none for an error', async () => {
    const rp = await aRelyingParty(server);
    const { location } = await rp.authorize({ prompt: 'none' });
    expect([...location!.searchParams.keys()]).not.toContain('session_state');
  });

  it('§3 the cookie says nothing of the session, and comes back when the browser has lost it', async () => {
    const rp = await aRelyingParty(server);
    await rp.signInAndConsent(user);
    const state = rp.browser.cookies.get(STATE)!;
    const [row] = await server.sql<{ digest: Buffer }>(
      'SELECT digest FROM gh_session WHERE subject = $1 ORDER BY authenticated_at DESC LIMIT 1',
      [user.subject],
    );
    const session = rp.browser.cookies.get('gatehouse-session')!;
    expect([session, row!.digest.toString('base64url')]).not.toContain(state);
    rp.browser.cookies.delete(STATE);
    expect(isUnchanged(rp, stateIn((await rp.authorize()).location!))).toBe(true);
    expect(rp.browser.cookies.get(STATE)).toBe(state);
  });

  it('§3.2 the frame may be framed by anybody, is the same for everybody and sets nothing', async () => {
    const answer = await new Browser(server).get('/oauth/session/check');
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'sha256-/);
    expect(answer.headers['content-security-policy']).toContain('frame-ancestors *');
    expect(answer.headers['x-frame-options']).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
    const { browser } = await (await aRelyingParty(server)).signIn(user);
    expect((await browser.get('/oauth/session/check')).body).toBe(answer.body);
  });

  it('is gone altogether where it is not offered', async () => {
    const plain = await startServer({ settings: { logout: { sessionManagement: false } } });
    const rp = await aRelyingParty(plain);
    const location = await rp.signInAndConsent(await aUser().register(plain));
    expect(location.searchParams.has('session_state')).toBe(false);
    expect(rp.browser.cookies.has(STATE)).toBe(false);
    expect((await plain.send('/.well-known/openid-configuration')).json).not.toHaveProperty(
      'check_session_iframe',
    );
    expect((await plain.send('/oauth/session/check')).status).toBe(404);
    await plain.close();
  });
});
