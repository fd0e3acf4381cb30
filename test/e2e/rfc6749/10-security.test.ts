import { ConnectedApplicationsService } from '../../../src/account/connected-applications.service.js';
import {
  Browser,
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  expectErrorPage,
  formOf,
  sharedServer,
  shows,
} from '../../support/index.js';
import type { HttpAnswer } from '../../support/index.js';

const server = await sharedServer();
const user = await aUser().register(server);
const credentials = { username: user.username, password: user.password };

const isSignedIn = async (browser: Browser) => (await browser.get('/account')).status === 200;

describe('RFC 6749 §10.12 cross-site request forgery at sign-in', () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': undefined, origin: 'https://evil.test' },
    { 'sec-fetch-site': undefined, origin: 'null' },
  ];

  it('S04 refuses a form without token, with an empty one, or with one that was made up', async () => {
    const browser = new Browser(server);
    await browser.get('/login');
    for (const csrf of [undefined, '', 'x', 'x'.repeat(43)]) {
      expectErrorPage(await browser.post('/login', { ...credentials, csrf }), 403);
    }
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('S04 refuses the token of another browser', async () => {
    const { hidden } = formOf(await new Browser(server).get('/login'));
    const victim = new Browser(server);
    expectErrorPage(await victim.post('/login', { ...hidden, ...credentials }), 403);
    await victim.get('/login');
    expectErrorPage(await victim.post('/login', { ...hidden, ...credentials }), 403);
  });

  it.each(foreign)('S04 refuses a form from another place: %j', async (headers) => {
    const browser = new Browser(server);
    const { hidden } = formOf(await browser.get('/login'));
    expectErrorPage(await browser.post('/login', { ...hidden, ...credentials }, headers), 403);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('takes a form from its own page where the browser says only its origin', async () => {
    const browser = new Browser(server);
    const { hidden } = formOf(await browser.get('/login'));
    const headers = { 'sec-fetch-site': undefined, origin: server.issuer };
    expect((await browser.post('/login', { ...hidden, ...credentials }, headers)).status).toBe(303);
  });

  it('S04 takes no password from the address', async () => {
    const browser = new Browser(server);
    const { hidden } = formOf(await browser.get('/login'));
    const query = new URLSearchParams(credentials).toString();
    expect((await browser.get(`/login?${query}`)).status).toBe(200);
    expect((await browser.post(`/login?${query}`, hidden)).status).not.toBe(303);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it.each([
    ['an array', 'username[]=a&password[]=b'],
    ['an operator', 'username[$ne]=&password[$ne]='],
    ['no name', 'password=x'],
    ['no password', `username=${user.username}`],
    ['a NUL byte', `username=${user.username}%00&password=x`],
  ])('S20 signs nobody in for %s', async (_, fields) => {
    const browser = new Browser(server);
    const { hidden } = formOf(await browser.get('/login'));
    const answer = await browser.post('/login', `${new URLSearchParams(hidden).toString()}&${fields}`);
    expect(answer.status).toBeOneOf([400, 401]);
  });

  it('S20 takes no JSON', async () => {
    const browser = new Browser(server);
    const { hidden } = formOf(await browser.get('/login'));
    const body = Buffer.from(JSON.stringify({ ...hidden, username: { $gt: '' }, password: { $gt: '' } }));
    const answer = await browser.post('/login', body, { 'content-type': 'application/json' });
    expect(answer.status).toBe(415);
  });

  it('S14 refuses a wrong password and an unknown user alike, and keeps the name', async () => {
    const browser = new Browser(server);
    const wrong = await browser.submit(await browser.get('/login'), { ...credentials, password: 'wrong' });
    const unknown = await browser.submit(await browser.get('/login'), {
      username: 'nobody',
      password: 'wrong',
    });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const neutral = (page: HttpAnswer) => page.body.replace(/value="[^"]*"/g, '');
    expect(neutral(unknown)).toBe(neutral(wrong));
    expect(wrong.body).toContain(`value="${user.username}"`);
    expect(wrong.body).not.toContain(user.password);
  });

  it('S14 refuses a password of 1 MB, or with something behind it', async () => {
    const browser = new Browser(server);
    for (const password of [
      'x'.repeat(60_000),
      `${user.password} `,
      `${user.password}x`,
      user.password.slice(0, -1),
    ]) {
      expect((await browser.submit(await browser.get('/login'), { ...credentials, password })).status).toBe(
        401,
      );
    }
    expect(
      (await browser.submit(await browser.get('/login'), { ...credentials, password: 'x'.repeat(1e6) }))
        .status,
    ).toBe(413);
  });
});

describe('RFC 6749 §10.12 cross-site request forgery at consent', () => {
  async function consentPage(scope = 'openid'): Promise<[RelyingParty, HttpAnswer]> {
    const rp = await aRelyingParty(server);
    const page = await rp.browser.signIn(user, await rp.authorize({ scope, state: 's' }));
    expect(shows(page, 'consent-allow')).toBe(true);
    return [rp, page];
  }

  it('S05 refuses a form without token or from another place', async () => {
    const [rp, page] = await consentPage();
    const { action, hidden } = formOf(page);
    const allow = { ...hidden, decision: 'allow' };
    expectErrorPage(await rp.browser.post(action, { ...allow, csrf: undefined }), 403);
    expectErrorPage(await rp.browser.post(action, { ...allow, csrf: 'x'.repeat(43) }), 403);
    expectErrorPage(await rp.browser.post(action, allow, { 'sec-fetch-site': 'cross-site' }), 403);
  });

  it('S05 is given by no GET', async () => {
    const [rp, page] = await consentPage();
    const query = new URLSearchParams({ ...formOf(page).hidden, decision: 'allow' }).toString();
    expect(shows(await rp.browser.open(`/consent?${query}`), 'consent-allow')).toBe(true);
    expect(shows(await rp.authorize(), 'consent-allow')).toBe(true);
  });

  it('S05 C12 grants what the server remembers, whatever the form says', async () => {
    const [rp, page] = await consentPage('openid read');
    const answer = await rp.browser.submit(page, {
      decision: 'allow',
      scope: 'openid read write email management',
      client_id: 'other',
      redirect_uri: 'https://evil.test/cb',
      response_type: 'token',
      user_id: 'somebody',
      sub: 'somebody',
    });
    expect(answer.location!.origin).toBe('https://rp.test');
    const tokens = (await rp.exchange(answer.location!.searchParams.get('code')!)).json;
    expect(tokens.scope).toBe('openid read');
  });

  it("S05 C14 is of no use with another browser's interaction", async () => {
    const [, page] = await consentPage();
    const victim = await aRelyingParty(server);
    await victim.signIn(user);
    const { interaction } = formOf(page).hidden;
    expectErrorPage(await victim.browser.open(`/consent?interaction=${interaction}`));
    expectErrorPage(await victim.browser.open(`/login?interaction=${interaction}`));
    expectErrorPage(await victim.browser.open(`/oauth/authorize/${interaction}`));
    const own = await victim.authorize();
    expectErrorPage(await victim.browser.submit(own, { decision: 'allow', interaction }));
  });

  it('S05 yields one code, however often it is sent', async () => {
    const [rp, page] = await consentPage();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => rp.browser.submit(page, { decision: 'allow' })),
    );
    const codes = answers
      .map((answer) => answer.location?.searchParams.get('code'))
      .filter((code) => code != null);
    expect(codes).toHaveLength(1);
    for (const answer of answers) expect(answer.status).toBeLessThan(500);
    expectErrorPage(await rp.browser.submit(page, { decision: 'allow' }));
  });

  it('S01 is not given by one person for another at the same browser', async () => {
    const other = await aUser().register(server);
    const [rp, page] = await consentPage();
    await rp.browser.signIn(other);
    expectErrorPage(await rp.browser.submit(page, { decision: 'allow' }), 403);
    const { interaction } = formOf(page).hidden;
    expect(shows(await rp.browser.open(`/oauth/authorize/${interaction}`), 'consent-allow')).toBe(true);
  });

  it.each(['', 'x', '%00', '%ff', '../login', 'a'.repeat(10_000)])(
    'H15 says so where the interaction is unknown: %.10s',
    async (interaction) => {
      const rp = await aRelyingParty(server);
      await rp.signIn(user);
      for (const path of [`/consent?interaction=${interaction}`, `/oauth/authorize/${interaction || 'x'}`]) {
        const { status, location } = await rp.browser.open(path);
        expect([status, location]).toEqual([expect.toBeOneOf([400, 404]), null]);
      }
    },
  );
});

describe('RFC 6749 §10.2 client impersonation: silent consent', () => {
  it('S07 asks once for each scope of a confidential client', async () => {
    const rp = await aRelyingParty(server);
    await rp.signInAndConsent(user, { scope: 'openid read' });
    expect((await rp.authorize({ scope: 'read' })).location!.searchParams.has('code')).toBe(true);
    expect(shows(await rp.authorize({ scope: 'openid read email' }), 'consent-allow')).toBe(true);
  });

  it('S07 asks every time for a public client whose redirect URI anybody could claim', async () => {
    const rp = await aRelyingParty(server, aClient().public().native());
    for (const redirect_uri of ['http://127.0.0.1:5000/cb', 'com.example.app:/cb']) {
      await rp.signInAndConsent(user, { redirect_uri });
      expect(shows(await rp.authorize({ redirect_uri }), 'consent-allow')).toBe(true);
      const { location } = await rp.authorize({ redirect_uri, prompt: 'none' });
      expect(location!.searchParams.get('error')).toBe('consent_required');
    }
  });

  it('S07 asks again once the consent was taken back', async () => {
    const rp = await aRelyingParty(server);
    await rp.signInAndConsent(user);
    await server.get(ConnectedApplicationsService).withdraw(user.subject, rp.client.id);
    expect(shows(await rp.authorize(), 'consent-allow')).toBe(true);
  });

  it('asks each person', async () => {
    const rp = await aRelyingParty(server);
    await rp.signInAndConsent(user);
    const other = new RelyingParty(server, rp.client);
    await other.signIn(await aUser().register(server));
    expect(shows(await other.authorize(), 'consent-allow')).toBe(true);
  });

  it('S07 asks for an application without any scope, which would still learn who it is', async () => {
    const rp = await aRelyingParty(server, aClient().scope(''));
    await rp.signIn(user);
    expect(shows(await rp.authorize({ scope: undefined }), 'consent-allow')).toBe(true);
    const { location } = await rp.authorize({ scope: undefined, prompt: 'none' });
    expect(location!.searchParams.get('error')).toBe('consent_required');
  });

  it('never asks for an application that the operator trusts', async () => {
    const rp = await aRelyingParty(server, aClient().with({ skip_consent: true }));
    await rp.signIn(user);
    expect((await rp.authorize({ prompt: 'none' })).location!.searchParams.has('code')).toBe(true);
  });
});
