import { OnOAuthEvent } from '../../../src/index.js';
import { Injectable, Module } from '@nestjs/common';
import {
  Browser,
  aRelyingParty,
  aUser,
  claimsOf,
  expectErrorPage,
  formOf,
  shows,
  startServer,
  textOf,
} from '../../support/index.js';
import type { HttpAnswer, Parameters, TestServer } from '../../support/index.js';

const seen: { subject: string; username: string }[] = [];

@Injectable()
class Welcome {
  @OnOAuthEvent('user.signed_up')
  welcome(event: { subject: string; username: string }): void {
    seen.push(event);
  }
}

@Module({ providers: [Welcome] })
class WelcomeModule {}

const password = 'seven grey geese fly';
let number = 0;
const good = (overrides: Parameters = {}): Parameters => ({
  username: `new-user-${++number}`,
  password,
  password_again: overrides['password'] ?? password,
  ...overrides,
});

describe('Initiating User Registration via OpenID Connect 1.0', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ settings: { signUp: { enabled: true } }, modules: [WelcomeModule] });
  });
  afterAll(() => server.close());

  async function signUp(overrides: Parameters = {}): Promise<HttpAnswer> {
    const browser = new Browser(server);
    return browser.submit(await browser.open('/signup'), good(overrides));
  }

  const userNamed = (username: string) =>
    server.sql<{ claims: object; roles: string[]; subject: string }>(
      'SELECT subject, claims, roles FROM gh_user WHERE username = $1',
      [username],
    );

  it('§4.1 says so in the metadata', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json.prompt_values_supported).toEqual(['none', 'login', 'consent', 'select_account', 'create']);
  });

  it('§4 prompt=create shows the page where an account is made, and goes on with the new one', async () => {
    const rp = await aRelyingParty(server);
    const page = await rp.authorize({ prompt: 'create', scope: 'openid email profile' });
    expect(shows(page, 'signup-submit')).toBe(true);
    const made = await rp.browser.submit(page, good({ name: 'Nora', email: 'nora@example.com' }));
    expect(shows(made, 'consent-allow')).toBe(true);
    const back = await rp.complete(made);
    const { json } = await rp.exchange(back.searchParams.get('code')!);
    expect(claimsOf(json.id_token)).toMatchObject({ amr: ['pwd'], acr: '1' });
    expect((await rp.userinfo(json.access_token)).json).toMatchObject({
      name: 'Nora',
      email: 'nora@example.com',
      email_verified: false,
    });
  });

  it('also for somebody who is signed in, and who may sign in instead', async () => {
    const alice = await aUser().register(server);
    const rp = await aRelyingParty(server);
    await rp.signInAndConsent(alice);
    server.clock.advance(1);
    const page = await rp.authorize({ prompt: 'create' });
    expect(shows(page, 'signup-submit')).toBe(true);
    const link = /id="sign-in" href="([^"]+)"/.exec(page.body)![1]!.replaceAll('&#x3D;', '=');
    const back = await rp.complete(await rp.browser.open(link), alice);
    expect(back.searchParams.has('code')).toBe(true);
  });

  it('never with none', async () => {
    const { location } = await (await aRelyingParty(server)).authorize({ prompt: 'none create' });
    expect(location?.searchParams.get('error')).toBe('invalid_request');
  });

  it('is found from the sign-in page', async () => {
    const rp = await aRelyingParty(server);
    const login = await rp.authorize();
    expect(login.body).toMatch(/id="sign-up" href="\/signup\?interaction&#x3D;[\w-]+"/);
    expect((await rp.browser.open('/login?return_to=/applications')).body).toContain(
      'href="/signup?return_to&#x3D;%2Fapplications"',
    );
  });

  it('makes an account without any role, says who did it, and signs in', async () => {
    const browser = new Browser(server);
    const page = await browser.open('/signup?return_to=/account');
    const answer = await browser.submit(page, good({ username: 'Carla.M', roles: 'admin', sub: 'x' }));
    expect(new URL(answer.url).pathname).toBe('/account');
    expect(answer.body).toContain('carla.m');
    const [user] = await userNamed('carla.m');
    expect(user).toMatchObject({ roles: [], claims: {} });
    expect(seen.at(-1)).toEqual({ subject: user!.subject, username: 'carla.m' });
    const [record] = await server.sql<{ actor: string }>(
      "SELECT actor FROM gh_audit WHERE action = 'user.created' AND target_id = $1",
      [user!.subject],
    );
    expect(record!.actor).toBe(user!.subject);
    await new Browser(server).signIn({ username: 'carla.m', password });
  });

  it('never takes over an account: a name that is taken is taken, whatever its case', async () => {
    const { username } = await aUser().register(server);
    for (const name of [username, username.toUpperCase(), ` ${username} `]) {
      const answer = await signUp({ username: name });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('This name is taken.');
    }
    expect(await userNamed(username)).toHaveLength(1);
  });

  it('makes one of two that ask for a name at the same time', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => signUp({ username: 'wanted-by-all' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it.each([
    ['username', { username: 'ab' }],
    ['username', { username: 'x'.repeat(65) }],
    ['username', { username: 'with space' }],
    ['username', { username: 'аdmin2' }],
    ['username', { username: 'zero\u200bwidth' }],
    ['username', { username: 'admin' }],
    ['password', { password: 'only-14-chars!' }],
    ['password', { password: 'x'.repeat(20) }],
    ['password', { password: 'taken-name-taken-name-1', username: 'taken-name' }],
    ['password', { password: 'ab 12'.repeat(300) }],
    ['password_again', { password_again: 'another one entirely' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'a\u202eb' }],
    ['email', { email: 'nobody' }],
    ['email', { email: 'a@b' }],
    ['email', { email: 'a@example.com\nBcc: x' }],
  ] as [string, Parameters][])('refuses a bad %s: %j', async (field, overrides) => {
    const answer = await signUp(overrides);
    expect(answer.status).toBe(400);
    expect(textOf(answer, `${field}-fault`)).toBeTruthy();
    expect(shows(answer, 'error-summary')).toBe(true);
    expect(answer.body).not.toContain(`value="${overrides['password'] ?? password}"`);
  });

  it('keeps what was typed, but for the passwords', async () => {
    const answer = await signUp({ username: 'no', name: 'Nina <b>', email: 'nina@example.com' });
    const values = [...answer.body.matchAll(/ name="(\w+)" type="\w+" value="([^"]*)"/g)];
    expect(Object.fromEntries(values.map(([, name, value]) => [name, value]))).toEqual({
      username: 'no',
      name: 'Nina &lt;b&gt;',
      email: 'nina@example.com',
      password: '',
      password_again: '',
    });
  });

  it('says nothing of an e-mail address that somebody else has', async () => {
    await signUp({ email: 'shared@example.com' });
    expect((await signUp({ email: 'shared@example.com' })).status).toBe(200);
  });

  it('takes only a form that was made for this browser', async () => {
    const browser = new Browser(server);
    const { hidden, action } = formOf(await browser.open('/signup'));
    const other = new Browser(server);
    await other.open('/signup');
    expectErrorPage(await other.post(action, { ...hidden, ...good() }), 403);
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    expectErrorPage(await browser.post(action, { ...hidden, ...good() }, crossSite), 403);
    expectErrorPage(await browser.post(action, good()), 403);
  });

  it('C14 an interaction is for the browser that began it', async () => {
    const page = await (await aRelyingParty(server)).authorize({ prompt: 'create' });
    expectErrorPage(await new Browser(server).open(`/signup${new URL(page.url).search}`));
  });
});

describe('where nobody can make an account', () => {
  it('there is neither the page nor a link to it', async () => {
    const server = await startServer();
    expect((await server.send('/signup')).status).toBe(404);
    const { browser } = await aRelyingParty(server);
    expect(shows(await browser.open('/login'), 'sign-up')).toBe(false);
    await server.close();
  });
});
