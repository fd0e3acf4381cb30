import { UserAdministrationService } from '../../../src/admin/user-administration.service.js';
import {
  Browser,
  EDITOR,
  aRelyingParty,
  aUser,
  claimsOf,
  formOf,
  sharedServer,
  startServer,
} from '../../support/index.js';
import type { TestServer } from '../../support/index.js';

const server = await sharedServer();
const [alice, bob] = [await aUser().register(server), await aUser().register(server)];

const SESSION = 'gatehouse-session';
const isSignedIn = async (browser: Browser) => (await browser.get('/account')).status === 200;

describe('S01 session fixation', () => {
  it('gives a new id at every sign-in, and ends the old one', async () => {
    const browser = new Browser(server);
    await browser.signIn(alice);
    const first = browser.cookies.get(SESSION)!;
    await browser.signIn(alice);
    const second = browser.cookies.get(SESSION)!;
    expect(second).not.toBe(first);
    expect(await isSignedIn(browser)).toBe(true);
    browser.cookies.set(SESSION, first);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('never makes a planted value worth anything', async () => {
    const planted = 'A'.repeat(43);
    const browser = new Browser(server);
    browser.cookies.set(SESSION, planted);
    expect(await isSignedIn(browser)).toBe(false);
    await browser.signIn(alice);
    expect(browser.cookies.get(SESSION)).not.toBe(planted);
    const attacker = new Browser(server);
    attacker.cookies.set(SESSION, planted);
    expect(await isSignedIn(attacker)).toBe(false);
  });

  it.each(['', 'x', '%00', '"', 'a=b', 'x'.repeat(5_000)])(
    'makes nothing of the cookie %.10j',
    async (value) => {
      const browser = new Browser(server);
      browser.cookies.set(SESSION, value);
      browser.cookies.set('gatehouse-browser', value);
      expect((await browser.get('/account')).status).toBe(303);
      expect((await browser.get('/login')).status).toBe(200);
    },
  );

  it('always means whoever has signed in last', async () => {
    const rp = await aRelyingParty(server);
    await rp.signInAndConsent(alice);
    await rp.browser.signIn(bob);
    expect(claimsOf((await rp.tokens()).id_token).sub).toBe(bob.subject);
  });

  it('keeps two browsers apart', async () => {
    const [one, two] = [new Browser(server), new Browser(server)];
    await one.signIn(alice);
    await two.signIn(bob);
    expect((await one.get('/account')).body).toContain(alice.username);
    expect((await two.get('/account')).body).not.toContain(alice.username);
  });
});

describe('the life of a session', () => {
  it('ends after two idle hours, and lasts while it is used', async () => {
    const browser = new Browser(server);
    await browser.signIn(alice);
    for (const minutes of [110, 110, 110]) {
      server.clock.advance(minutes * 60);
      expect(await isSignedIn(browser)).toBe(true);
    }
    server.clock.advance(121 * 60);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('ends after twelve hours, used or not', async () => {
    const browser = new Browser(server);
    await browser.signIn(alice);
    for (let hour = 1; hour < 12; hour++) {
      server.clock.advance(3_600);
      expect(await isSignedIn(browser)).toBe(true);
    }
    server.clock.advance(3_600);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('S12 ends with the user', async () => {
    const somebody = await aUser().register(server);
    const rp = await aRelyingParty(server);
    await rp.signInAndConsent(somebody);
    await server.get(UserAdministrationService).disable(somebody.subject, EDITOR);
    expect(await isSignedIn(rp.browser)).toBe(false);
    expect((await rp.browser.signIn(somebody)).status).toBe(401);
    expect((await rp.authorize({ prompt: 'none' })).location!.searchParams.get('error')).toBe(
      'login_required',
    );
  });
});

describe('S02 cookies', () => {
  let secure: TestServer;
  beforeAll(async () => {
    secure = await startServer({ settings: { issuer: 'https://login.test' } });
  });
  afterAll(() => secure.close());

  async function signedIn(): Promise<Browser> {
    const { username, password } = await aUser().register(secure);
    const browser = new Browser(secure);
    const { hidden } = formOf(await browser.get(`${secure.url}/login`));
    const answer = await browser.post(`${secure.url}/login`, { ...hidden, username, password });
    expect(answer.status).toBe(303);
    return browser;
  }

  const unreadable = ({ setCookies }: Browser) => setCookies.filter((cookie) => !cookie.includes('-state='));
  const attributesOf = (cookie: string) => cookie.split('; ').slice(1).sort();

  it('are for this host, this server and no script, on https', async () => {
    const browser = await signedIn();
    expect(browser.setCookies).toHaveLength(3);
    for (const cookie of unreadable(browser)) {
      expect(cookie).toMatch(/^__Host-gatehouse-(browser|session)=[\w-]{43};/);
      expect(attributesOf(cookie)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
    }
  });

  it('but for the one that a frame in other sites reads, and that opens nothing (Session Management §3)', async () => {
    const browser = await signedIn();
    const cookie = browser.setCookies.find((one) => one.includes('-state='))!;
    expect(cookie).toMatch(/^__Host-gatehouse-state=[\w-]{43};/);
    expect(attributesOf(cookie)).toEqual(['Path=/', 'SameSite=None', 'Secure']);
    const session = browser.cookies.get('__Host-gatehouse-session')!;
    expect(browser.cookies.get('__Host-gatehouse-state')).not.toBe(session);
    browser.cookies.set('__Host-gatehouse-session', browser.cookies.get('__Host-gatehouse-state')!);
    expect((await browser.get(`${secure.url}/account`)).status).toBe(303);
  });

  it('are the same on loopback, but for what browsers refuse there', async () => {
    const browser = new Browser(server);
    await browser.signIn(alice);
    for (const cookie of unreadable(browser)) {
      expect(cookie).toMatch(/^gatehouse-(browser|session)=[\w-]{43};/);
      expect(attributesOf(cookie)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
    }
  });

  it('come from pages only', async () => {
    for (const path of [
      '/oauth/jwks',
      '/.well-known/openid-configuration',
      '/health/live',
      '/oauth/userinfo',
      '/x',
    ]) {
      expect((await server.send(path)).headers['set-cookie']).toBeUndefined();
    }
    const rp = await aRelyingParty(server);
    expect((await rp.refresh('x')).headers['set-cookie']).toBeUndefined();
  });

  it('are not set again while the browser has them', async () => {
    const browser = new Browser(server);
    await browser.get('/login');
    await browser.get('/login');
    expect(browser.setCookies).toHaveLength(1);
  });
});

describe('R14 where a sign-in leads', () => {
  const targets = [
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    'https:evil.test',
    'https://evil.test',
    '\\\\evil.test',
    '/.//evil.test',
    'javascript:alert(1)',
    '/login?returnTo=//evil',
    '/account/../../evil',
    '/account?x',
    '/account@evil.test',
    '/account\r\nLocation: https://evil.test',
  ];

  it.each(targets)('is never %j', async (target) => {
    const browser = new Browser(server);
    const page = await browser.get(`/login?return_to=${encodeURIComponent(target)}`);
    const { action, hidden } = formOf(page);
    const form = { ...hidden, username: alice.username, password: alice.password };
    for (const extra of [{}, { returnTo: target }, { next: target }, { return_to: target }]) {
      const { hidden: fresh } = formOf(await browser.get('/login'));
      const answer = await browser.post(action, { ...form, ...extra, csrf: fresh.csrf });
      expect(answer.headers.location).toBe(`${server.issuer}/account`);
    }
  });

  it('is the page of ours that asked for it', async () => {
    const browser = new Browser(server);
    const login = await browser.open('/applications');
    expect(new URL(login.url).pathname).toBe('/login');
    expect(new URL((await browser.signIn(alice, login)).url).pathname).toBe('/applications');
  });

  it('is the account without any wish', async () => {
    const browser = new Browser(server);
    const answer = await browser.signIn(alice);
    expect(answer.headers.location).toBe(`${server.issuer}/account`);
  });
});

describe('R16 after a form with credentials', () => {
  it('the redirect makes the browser forget the form: 303, all the way', async () => {
    const rp = await aRelyingParty(server);
    let answer = await rp.browser.get(rp.authorizationUrl());
    expect(answer.status).toBe(303);
    const { action, hidden } = formOf(await rp.browser.get(answer.location!.href));
    answer = await rp.browser.post(action, { ...hidden, username: alice.username, password: alice.password });
    expect(answer.status).toBe(303);
    answer = await rp.browser.get(answer.location!.href);
    expect(answer.status).toBe(303);
    const consent = formOf(await rp.browser.get(answer.location!.href));
    answer = await rp.browser.post(consent.action, { ...consent.hidden, decision: 'allow' });
    expect(answer.status).toBe(303);
    expect((await rp.browser.get(answer.location!.href)).status).toBe(303);
  });
});
