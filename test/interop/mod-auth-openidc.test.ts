import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { signIn as enter, launchChromium } from '../support/chromium.js';
import { ALICE } from './alice.js';
import { aKeyOf, startApache } from './mod-auth-openidc-apache.js';
import type { Apache } from './mod-auth-openidc-apache.js';

const SECRET = 'apache-secret-of-the-test';

/** How the module proves itself. */
const AUTHENTICATION: Readonly<Record<string, (directory: string) => string[]>> = {
  client_secret_basic: () => [`OIDCClientSecret ${SECRET}`],
  private_key_jwt: (directory) => {
    const { key, cert } = aKeyOf(directory);
    return [`OIDCPrivateKeyFiles apache-key#${key}`, `OIDCPublicKeyFiles apache-key#${cert}`];
  },
};

/** Debian's module for Apache, a browser, and the server as it is shipped. */
describe.each(['client_secret_basic', 'private_key_jwt'])('libapache2-mod-auth-openidc with %s', (method) => {
  let server: ChildServer;
  let apache: Apache;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const port = await freePort();
    server = await startChildServer({ config: configFor(`http://localhost:${port}`, method) });
    apache = await startApache(port, server.issuer, (directory) => [
      'OIDCClientID apache',
      // The module takes private_key_jwt only once it has a key.
      ...AUTHENTICATION[method]!(directory),
      `OIDCProviderTokenEndpointAuth ${method}`,
      'OIDCScope "openid profile email offline_access"',
      'OIDCPKCEMethod S256',
    ]);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await apache?.stop();
    await server?.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
  });

  afterEach(() => context.close());

  const inside = (): string => `${apache.origin}/protected/`;

  /** What the module keeps of the sign-in. */
  const kept = async () => {
    const answer = await context.request.get(`${apache.redirectUri}?info=json`);
    expect({ status: answer.status(), log: apache.log() }).toMatchObject({ status: 200 });

    return await answer.json();
  };

  async function signIn(): Promise<void> {
    await page.goto(inside());
    await enter(page, ALICE.username, ALICE.password);
    // Who was asked before is not asked again.
    await page.waitForSelector('#inside, #consent-allow');
    if (await page.isVisible('#consent-allow')) await page.click('#consent-allow');
    await page.waitForURL(inside());
    expect(await page.textContent('#inside')).toBe('inside');
  }

  /** Nobody is signed in at the provider, so the module sends the person to the sign-in page. */
  async function expectSignedOut(): Promise<void> {
    await page.goto(inside());
    expect(page.url()).toContain(`${server.issuer}/login`);
  }

  it('signs in, and tells the application who it is', async () => {
    await signIn();
    const answer = await context.request.get(inside());
    expect(answer.headers()['x-person']).toBe(ALICE.email);
    const { id_token, userinfo } = await kept();
    expect(id_token).toMatchObject({ iss: server.issuer, sub: 'alice', aud: 'apache' });
    expect(userinfo).toMatchObject({ sub: 'alice', name: ALICE.name, email: ALICE.email });
  });

  it('refreshes its session', async () => {
    await signIn();
    const before = await kept();
    const parameters = new URLSearchParams({ refresh: inside(), access_token: before.access_token });
    await page.goto(`${apache.redirectUri}?${parameters.toString()}`);
    expect(page.url()).toBe(inside());
    const after = await kept();
    expect(after.access_token).not.toBe(before.access_token);
    expect(after.refresh_token).not.toBe(before.refresh_token);
    const userinfo = await fetch(`${server.issuer}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${after.access_token}` },
    });
    expect(await userinfo.json()).toMatchObject({ sub: 'alice', email: ALICE.email });
  });

  it('signs out at the provider, and comes back', async () => {
    await signIn();
    await page.goto(`${apache.redirectUri}?logout=${encodeURIComponent(`${apache.origin}/`)}`);
    if (page.url().startsWith(server.issuer)) await page.click('#logout-confirm');
    await page.waitForURL(`${apache.origin}/`);
    expect(await page.textContent('#outside')).toBe('outside');
    await expectSignedOut();
  });

  it('is told behind the browser when its person signs out elsewhere', async () => {
    await signIn();
    await page.goto(`${server.issuer}/oauth/logout`);
    await page.click('#logout-confirm');
    for (let count = 0; count < 100; count++) {
      const answer = await context.request.get(`${apache.redirectUri}?info=json`, { maxRedirects: 0 });
      if (answer.status() !== 200) break;
      await sleep(50);
    }
    await expectSignedOut();
  });
});

const configFor = (origin: string, method: string): object => ({
  fetching: { allowedHosts: ['localhost'] },
  clients: [
    {
      client_id: 'apache',
      client_name: 'Apache',
      token_endpoint_auth_method: method,
      ...(method === 'private_key_jwt'
        ? { jwks_uri: `${origin}/protected/callback?jwks=rsa` }
        : { client_secret: SECRET }),
      redirect_uris: [`${origin}/protected/callback`],
      post_logout_redirect_uris: [`${origin}/`],
      backchannel_logout_uri: `${origin}/protected/callback?logout=backchannel`,
      backchannel_logout_session_required: true,
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email offline_access',
    },
  ],
  users: [ALICE],
});
