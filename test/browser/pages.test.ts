import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, signIn } from '../support/chromium.js';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { complaints, overhang, violations } from './page-inspection.js';

const PASSWORD = 'a-password-of-the-test';
/** Nothing in it can be broken at a space. */
const LONG = 'Donaudampfschifffahrtsgesellschaftskapitaenskajuetenschluesselverwaltung';

/** Pages as people meet them, walked through in this order by one person in one window. */
describe('every page', () => {
  let server: ChildServer;
  let application: Server;
  let redirectUri: string;
  let browser: Browser;
  let page: Page;
  let heldAgainst: string[];

  beforeAll(async () => {
    redirectUri = `http://localhost:${await freePort()}/callback`;
    application = createServer((request, response) => response.end(`got a ${request.method}`)).listen(
      new URL(redirectUri).port,
    );
    server = await startChildServer({ config: configFor(redirectUri) });
    browser = await launchChromium();
    page = await browser.newPage({ reducedMotion: 'reduce' });
    heldAgainst = complaints(page, server.issuer);
  });

  afterAll(async () => {
    await browser?.close();
    application?.close();
    await server?.stop();
  });

  const go = (path: string): Promise<unknown> => page.goto(server.issuer + path);

  const authorize = (overrides: Record<string, string> = {}): Promise<unknown> => {
    const query = new URLSearchParams({ ...REQUEST, redirect_uri: redirectUri, ...overrides });
    return go(`/oauth/authorize?${query.toString()}`);
  };

  const steps: [string, string, () => Promise<unknown>][] = [
    ['home', 'a[href$="/login"]', () => go('/')],
    ['sign-in', '#login-submit', () => authorize()],
    ['sign-in, refused', '#login-error', () => signIn(page, 'alice', 'not-the-password')],
    ['error for the person', 'h1', () => authorize({ redirect_uri: 'https://elsewhere.example.com/' })],
    ['not found', 'h1', () => go(`/${LONG}`)],
    ['consent', '#consent-allow', () => authorize().then(() => signIn(page, 'alice', PASSWORD))],
    ['account, empty', '.empty', () => go('/account')],
    ['account, with an application', 'form[action$="/withdraw"]', () => allow()],
    ['applications, none', '.empty', () => go('/applications')],
    ['new application', '#application-form', () => page.click('#new-application')],
    ['new application, refused', '#error-summary', () => submit('http://insecure.example.com/#top')],
    ['application, with its secret', '#new-secret', () => submit(`https://rp.example.com/${LONG}`)],
    ['applications', 'ul.rows', () => go('/applications')],
    ['application', '#edit-application', () => page.click('.row-title a')],
    ['edit application', '#application-form', () => page.click('#edit-application')],
    ['delete application', '#application-delete', () => deletion()],
    ['sign-out', '#logout-confirm', () => go('/oauth/logout')],
    ['signed out', '#sign-in-again', () => page.click('#logout-confirm')],
  ];

  describe.each(steps)('%s', (_name, mark, open) => {
    beforeAll(async () => {
      heldAgainst.length = 0;
      await page.setViewportSize({ width: 1280, height: 800 });
      await open();
      await page.waitForSelector(mark);
    });

    it('has a policy, and nothing that the policy blocks', () => expect(heldAgainst).toEqual([]));

    it('does not scroll sideways at 320 px', async () => {
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await overhang(page)).toBe(0);
    });

    it.each([390, 1280])('has no accessibility violation at %i px, light or dark', async (width) => {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page), colorScheme).toEqual([]);
      }
    });
  });

  /** By way of the page that posts itself to the application. */
  async function allow(): Promise<void> {
    await authorize({ response_mode: 'form_post' });
    await page.click('#consent-allow');
    await page.waitForURL(redirectUri);
    expect(await page.textContent('body')).toBe('got a POST');
    await go('/account');
  }

  async function submit(redirectUri: string): Promise<void> {
    await page.fill('#client_name', LONG);
    await page.fill('#redirect_uris', redirectUri);
    await page.click('#application-submit');
  }

  async function deletion(): Promise<void> {
    await page.goBack();
    await page.click('#delete-application');
  }
});

const REQUEST = {
  client_id: 'long',
  response_type: 'code',
  scope: 'openid profile read',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};

const configFor = (redirectUri: string): object => ({
  scopes: [{ name: 'read', title: 'Read', description: `See your ${LONG}` }],
  clients: [
    {
      client_id: 'long',
      client_secret: 'secret-of-the-test',
      client_name: LONG,
      redirect_uris: [redirectUri],
      policy_uri: 'https://rp.example.com/policy',
      tos_uri: 'https://rp.example.com/tos',
      scope: 'openid profile read',
    },
  ],
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      name: `Alice ${LONG}`,
      email: `${LONG.slice(0, 60)}@example.com`,
      roles: ['admin'],
    },
  ],
});
