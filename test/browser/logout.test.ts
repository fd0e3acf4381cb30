import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, signIn } from '../support/chromium.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { aCertificate, aDirectory } from '../start/certificates.js';
import { complaints, overhang, violations } from './page-inspection.js';
import { RelyingPartyPage } from './relying-party-page.js';

const PASSWORD = 'a-password-of-the-test';

describe('signing out, as browsers see it', () => {
  let server: ChildServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let here: RelyingPartyPage;
  let there: RelyingPartyPage;

  beforeAll(async () => {
    here = await RelyingPartyPage.start('localhost');
    there = await RelyingPartyPage.start('127.0.0.1');
    server = await startChildServer({ config: configFor(here, there) });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    for (const application of [here, there]) application?.stop();
  });

  beforeEach(async () => {
    for (const application of [here, there]) {
      application.signedOut.length = 0;
      application.isHanging = false;
    }
    context = await browser.newContext({ reducedMotion: 'reduce' });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  /** Leads through sign-in to the application, and returns what it was told. */
  async function signInAt(clientId: string, application: RelyingPartyPage): Promise<URLSearchParams> {
    await page.goto(authorizationUrl(server.issuer, clientId, application));
    if (await page.locator('#username').count()) await signIn(page, 'alice', PASSWORD);
    await page.waitForURL(`${application.origin}/callback**`);
    return new URLSearchParams(new URL(page.url()).hash.slice(1));
  }

  const logoutUrl = (hint: string): string => {
    const query = { id_token_hint: hint, post_logout_redirect_uri: `${here.origin}/bye`, state: 's' };
    return `${server.issuer}/oauth/logout?${new URLSearchParams(query).toString()}`;
  };

  describe('OpenID Connect Front-Channel Logout 1.0', () => {
    it('§3 frames the page of every application, and goes on when all have loaded', async () => {
      const answer = await signInAt('here', here);
      await signInAt('there', there);
      const heldAgainst = complaints(page, server.issuer);
      await page.goto(logoutUrl(answer.get('id_token')!));
      await page.waitForURL(`${here.origin}/bye?state=s`);
      const sid = sidOf(answer.get('id_token')!);
      expect(here.signedOut).toEqual([
        { sid, iss: server.issuer, cookie: expect.stringContaining('signed-in=yes') },
      ]);
      expect(there.signedOut).toMatchObject([{ sid, iss: server.issuer }]);
      expect(heldAgainst).toEqual([]);
    });

    it('F27 goes on without an application that hangs, and shows at once that the user is signed out', async () => {
      const answer = await signInAt('here', here);
      here.isHanging = true;
      const began = performance.now();
      await page.goto(logoutUrl(answer.get('id_token')!), { waitUntil: 'commit' });
      await page.waitForSelector('text=You are signed out');
      expect(performance.now() - began).toBeLessThan(1_000);
      await page.waitForURL(`${here.origin}/bye?state=s`, { waitUntil: 'commit', timeout: 10_000 });
    });

    it('goes on without scripts', async () => {
      const plain = await browser.newContext({ javaScriptEnabled: false });
      page = await plain.newPage();
      const answer = await signInAt('here', here);
      const link = await page.goto(logoutUrl(answer.get('id_token')!));
      expect(link!.status()).toBe(200);
      await page.waitForURL(`${here.origin}/bye?state=s`, { timeout: 10_000 });
      expect(here.signedOut).toHaveLength(1);
      await plain.close();
    });

    it('signs out of the account page, too', async () => {
      await signInAt('here', here);
      await page.goto(`${server.issuer}/account`);
      await page.click('#sign-out');
      await page.waitForURL(`${server.issuer}/`);
      expect(here.signedOut).toHaveLength(1);
    });

    it('ends on a page that people of all kinds can use', async () => {
      await signInAt('here', here);
      await page.goto(
        `${server.issuer}/oauth/logout?client_id=here&post_logout_redirect_uri=${here.origin}/bye`,
      );
      await page.click('#logout-confirm');
      await page.waitForSelector('#told');
      expect(await page.textContent('#continue')).toBe('Continue to Calendar of the whole company');
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await overhang(page)).toBe(0);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await violations(page), `${width} ${colorScheme}`).toEqual([]);
          await picture(page, `signed-out-${width}-${colorScheme}`);
        }
      }
    });
  });

  describe('OpenID Connect Session Management 1.0', () => {
    const watch = async (state: string, clientId = 'here'): Promise<string | null> => {
      const frame = `${server.issuer}/oauth/session/check`;
      const query = new URLSearchParams({ frame, message: `${clientId} ${state}` }).toString();
      await page.goto(`${here.origin}/watch?${query}`);
      return page.locator('#answers:not(:empty)').textContent();
    };

    it('§3.1 the frame answers unchanged, and changed once the user has signed out', async () => {
      const answer = await signInAt('here', here);
      const state = answer.get('session_state')!;
      expect(await watch(state)).toBe('unchanged');
      expect(await watch(state, 'there')).toBe('changed');
      expect(await watch('nonsense')).toBe('error');
      await page.goto(logoutUrl(answer.get('id_token')!));
      await page.waitForURL(`${here.origin}/bye?state=s`);
      expect(await watch(state)).toBe('changed');
    });

    it('§3.1 it answers changed when somebody else has signed in', async () => {
      const answer = await signInAt('here', here);
      await page.goto(`${server.issuer}/login`);
      await signIn(page, 'bob', PASSWORD);
      await page.waitForURL(`${server.issuer}/account`);
      expect(await watch(answer.get('session_state')!)).toBe('changed');
    });
  });
});

describe('OpenID Connect Session Management 1.0 in frames of another site', () => {
  const directory = aDirectory();
  let server: ChildServer;
  let application: RelyingPartyPage;

  beforeAll(async () => {
    const { cert, key } = aCertificate(directory);
    application = await RelyingPartyPage.start('127.0.0.1');
    const env = { GATEHOUSE_TLS_CERT: cert, GATEHOUSE_TLS_KEY: key };
    server = await startChildServer({ config: configFor(application, application), env });
  });
  afterAll(async () => {
    await server?.stop();
    application?.stop();
    rmSync(directory, { recursive: true, maxRetries: 10 });
  });

  /** With preferences of its user; certificates that nobody vouches for will do. */
  function chromiumWith(preferences: object): Promise<BrowserContext> {
    const profile = mkdtempSync(join(directory, 'profile-'));
    mkdirSync(join(profile, 'Default'));
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    const options = { executablePath, args: ['--no-sandbox'], ignoreHTTPSErrors: true };
    return chromium.launchPersistentContext(profile, options);
  }

  it.each([
    ['unchanged, where the browser lets them read cookies', 0, 'unchanged'],
    ['error, where it does not: nobody is signed out by mistake', 1, 'error'],
  ])('§3.2 answers %s', async (_, cookieControls, expected) => {
    const context = await chromiumWith({ profile: { cookie_controls_mode: cookieControls } });
    const page = await context.newPage();
    await page.goto(authorizationUrl(server.issuer, 'there', application));
    await signIn(page, 'alice', PASSWORD);
    await page.waitForURL(`${application.origin}/callback**`);
    const state = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('session_state')!;
    const frame = `${server.issuer}/oauth/session/check`;
    const query = new URLSearchParams({ frame, message: `there ${state}` }).toString();
    await page.goto(`${application.origin}/watch?${query}`);
    expect(await page.locator('#answers:not(:empty)').textContent()).toBe(expected);
    await context.close();
  });
});

function authorizationUrl(issuer: string, clientId: string, { origin }: RelyingPartyPage): string {
  const query = {
    response_type: 'id_token',
    client_id: clientId,
    redirect_uri: `${origin}/callback`,
    scope: 'openid',
    nonce: 'of the test',
  };
  return `${issuer}/oauth/authorize?${new URLSearchParams(query).toString()}`;
}

const sidOf = (idToken: string): string =>
  (JSON.parse(Buffer.from(idToken.split('.')[1]!, 'base64url').toString()) as { sid: string }).sid;

/** Kept where SCREENSHOTS says, for whoever wants to look. */
async function picture(page: Page, name: string): Promise<void> {
  const directory = process.env['SCREENSHOTS'];
  if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
}

const clientAt = (application: RelyingPartyPage, client_id: string, client_name: string): object => ({
  ...{ client_id, client_name, client_secret: 'secret-of-the-test' },
  grant_types: ['implicit'],
  response_types: ['id_token'],
  redirect_uris: [`${application.origin}/callback`],
  post_logout_redirect_uris: [`${application.origin}/bye`],
  frontchannel_logout_uri: `${application.origin}/frontchannel-logout`,
  scope: 'openid',
  skip_consent: true,
});

const configFor = (here: RelyingPartyPage, there: RelyingPartyPage): object => ({
  clients: [clientAt(here, 'here', 'Calendar of the whole company'), clientAt(there, 'there', 'Mail')],
  users: [
    { username: 'alice', password: PASSWORD },
    { username: 'bob', password: PASSWORD },
  ],
});
