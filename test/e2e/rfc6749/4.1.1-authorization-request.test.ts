import {
  aClient,
  aRelyingParty,
  aUser,
  expectErrorPage,
  expectRedirectError,
  sharedServer,
  shows,
  startServer,
} from '../../support/index.js';

const server = await sharedServer();
const user = await aUser().register(server);

describe('RFC 6749 §4.1.1 authorization request', async () => {
  const rp = await (await aRelyingParty(server)).signIn(user);

  it('needs a client_id', async () => {
    expectErrorPage(await rp.authorize({ client_id: undefined }));
  });

  it('refuses a client that is not registered for the code', async () => {
    const machine = await aRelyingParty(server, aClient().machine());
    expectErrorPage(await machine.authorize({ redirect_uri: 'https://rp.test/cb' }));
  });

  it('needs no state', async () => {
    const back = await rp.signInAndConsent(user, { state: undefined });
    expect([...back.searchParams.keys()].sort()).toEqual(['code', 'iss', 'session_state']);
  });

  it('needs state where the operator demands it', async () => {
    const strict = await startServer({ settings: { state: { required: true } } });
    const client = await aRelyingParty(strict);
    const { location } = await client.authorize({ state: undefined });
    expect(location!.searchParams.get('error')).toBe('invalid_request');
    await strict.close();
  });

  it('asks somebody who is not signed in to sign in, at another address than consent', async () => {
    const fresh = await aRelyingParty(server);
    const login = await fresh.authorize();
    expect(new URL(login.url).pathname).toBe('/login');
    const consent = await fresh.browser.signIn(user, login);
    expect(new URL(consent.url).pathname).toBe('/consent');
    expect(shows(consent, 'consent-allow') && shows(consent, 'consent-deny')).toBe(true);
  });

  it('shows who asks, for what, and where the person will be sent', async () => {
    const builder = aClient().with({
      client_name: 'Photo Printer',
      logo_uri: 'https://rp.test/logo.png',
      policy_uri: 'https://rp.test/policy',
      tos_uri: 'https://rp.test/tos',
    });
    const client = await aRelyingParty(server, builder);
    const login = await client.authorize({ scope: 'openid read' });
    const consent = await client.browser.signIn(user, login);
    for (const page of [login, consent]) {
      expect(page.body).toContain('Photo Printer');
      expect(page.body).toContain('https://rp.test/logo.png');
      for (const id of ['client-logo', 'client-policy', 'client-tos']) expect(shows(page, id)).toBe(true);
    }
    expect(consent.body).toContain('Read your data');
    expect(consent.body).toContain('<strong id="verified-host">rp.test</strong>');
  });
});

describe('RFC 6749 §4.1.2 authorization response', async () => {
  const rp = await aRelyingParty(server);

  it.each([
    ['short', 's'],
    ['of 128 characters', 'abcdefgh'.repeat(16)],
    ['of 1,000 characters', 'x'.repeat(1_000)],
    ['with every special character', ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ %20 a+b=c&d'],
    ['in other scripts', 'Zürich 東京 🔑'],
  ])('returns state intact: %s', async (_, state) => {
    const back = await rp.signInAndConsent(user, { state });
    expect(back.searchParams.get('state')).toBe(state);
    const refused = await rp.authorize({ state, scope: 'unknown' });
    expect(refused.location!.searchParams.get('state')).toBe(state);
  });

  it('gives a code of at least 128 bits that says nothing, and never twice the same', async () => {
    const codes = [await rp.code({}, user), await rp.code(), await rp.code()];
    expect(new Set(codes).size).toBe(3);
    for (const code of codes) expect(code).toMatch(/^[\w-]{43}$/);
  });

  it('redirects with 303 and keeps the answer from caches and other sites', async () => {
    const answer = await rp.browser.get(rp.authorizationUrl());
    expect(answer.status).toBe(303);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });
});

describe('RFC 6749 §4.1.2.1 error response', async () => {
  it('tells the application that the person said no', async () => {
    const rp = await aRelyingParty(server);
    const consent = await rp.browser.signIn(user, await rp.authorize({ state: 's' }));
    const { location } = await rp.browser.submit(consent, { decision: 'deny' });
    expectRedirectError(server, location, 'access_denied', 's');
  });

  it('takes anything but allow for a no', async () => {
    const rp = await aRelyingParty(server);
    const consent = await rp.browser.signIn(user, await rp.authorize({ state: 's' }));
    const { location } = await rp.browser.submit(consent, {});
    expectRedirectError(server, location, 'access_denied', 's');
  });

  it('remembers no refusal: the next request asks again', async () => {
    const rp = await aRelyingParty(server);
    await rp.browser.submit(await rp.browser.signIn(user, await rp.authorize()), { decision: 'deny' });
    expect(shows(await rp.authorize(), 'consent-allow')).toBe(true);
  });
});
