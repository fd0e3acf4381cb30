import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { aClient, aUser, challengeOf, startServer } from '../support/index.js';
import type { TestClient, TestServer, TestUser } from '../support/index.js';
import { SystemClock } from '../../src/common/index.js';
import { launchChromium, signIn } from '../support/chromium.js';
import { complaints, overhang, violations } from './page-inspection.js';

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle r="32" cx="32" cy="32"/></svg>';
/** RFC 6749 §4.1.1 names no limit; some cut it at 128. */
const STATE = 'state-'.repeat(40);

/** An application at another site than the server (localhost and 127.0.0.1), and one more behind it. */
async function anApplication(answer: (request: IncomingMessage, body: string) => [number, object, string]) {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const [status, headers, text] = answer(request, body);
      response.writeHead(status, { ...headers }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
}

describe('the authorization endpoint in Chromium', () => {
  let server: TestServer;
  let client: TestClient;
  let user: TestUser;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let application: Server;
  let origin: string;
  let received: URLSearchParams;

  beforeAll(async () => {
    const settings = { signUp: { enabled: true } };
    server = await startServer({ settings, clock: SystemClock });
    ({ server: application, origin } = await anApplication((request, body) => {
      const type = { 'content-type': 'text/html' };
      if (request.url === '/start') return [200, type, formOf(requestWith({}))];
      if (request.url === '/logo.svg') return [200, { 'content-type': 'image/svg+xml' }, LOGO];
      if (!request.url!.startsWith('/callback')) return [404, type, ''];
      received = new URLSearchParams(request.method === 'POST' ? body : request.url!.split('?')[1]);
      return [200, type, `<p id="got">got a ${request.method}</p>`];
    }));
    client = await aClient()
      .with({
        client_name: 'Planner',
        redirect_uris: [`${origin}/callback`],
        logo_uri: `${origin}/logo.svg`,
        policy_uri: 'https://planner.example/privacy',
        tos_uri: 'https://planner.example/terms',
      })
      .register(server);
    user = await aUser().with({ name: 'Alice Example' }).register(server);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    application?.close();
    await server?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ reducedMotion: 'reduce' });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const requestWith = (overrides: Record<string, string>): URLSearchParams =>
    new URLSearchParams({
      client_id: client.id,
      response_type: 'code',
      redirect_uri: `${origin}/callback`,
      scope: 'openid profile',
      state: STATE,
      code_challenge: challengeOf('v'.repeat(43)),
      code_challenge_method: 'S256',
      ...overrides,
    });

  const formOf = (fields: URLSearchParams): string => {
    const inputs = [...fields].map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
    );
    const action = `${server.issuer}/oauth/authorize`;
    return `<form method="post" action="${action}">${inputs.join('')}<button id="go">Go</button></form>`;
  };

  const authorize = (overrides: Record<string, string> = {}): Promise<unknown> =>
    page.goto(`${server.issuer}/oauth/authorize?${requestWith(overrides).toString()}`);

  async function consent(): Promise<void> {
    await page.click('#consent-allow');
    await page.waitForSelector('#got');
  }

  it('oidcc-ensure-post-request-succeeds: a form of another site leads through sign-in to the callback', async () => {
    await page.goto(`${origin}/start`);
    await page.click('#go');
    await signIn(page, user.username, user.password);
    await consent();
    expect(received.get('state')).toBe(STATE);
    expect(received.has('code')).toBe(true);
    await page.goto(`${origin}/start`);
    await page.click('#go');
    await page.waitForSelector('#got'); // signed in: no page comes between
    expect(received.has('code')).toBe(true);
  });

  it('Form Post Response Mode §2: the page posts itself, state and all', async () => {
    const heldAgainst = complaints(page, server.issuer);
    await authorize({ response_mode: 'form_post' });
    await signIn(page, user.username, user.password);
    if (await page.locator('#consent-allow').count()) await page.click('#consent-allow');
    await page.waitForSelector('#got');
    expect(await page.textContent('#got')).toBe('got a POST');
    expect(received.get('state')).toBe(STATE);
    expect(received.get('iss')).toBe(server.issuer);
    expect(heldAgainst).toEqual([]);
  });

  it('errors, too: login_required and access_denied', async () => {
    await authorize({ response_mode: 'form_post', prompt: 'none' });
    await page.waitForSelector('#got');
    expect(received.get('error')).toBe('login_required');
    expect(received.get('state')).toBe(STATE);
    await authorize({ response_mode: 'form_post', prompt: 'consent' });
    await signIn(page, user.username, user.password);
    await page.click('#consent-deny');
    await page.waitForSelector('#got');
    expect(received.get('error')).toBe('access_denied');
  });

  it('and by a button where no script runs', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    page = await plain.newPage();
    await authorize({ response_mode: 'form_post', prompt: 'none' });
    await page.click('#form-post-submit');
    await page.waitForSelector('#got');
    expect(received.get('error')).toBe('login_required');
    await plain.close();
  });

  it('shows the logo of the application, which its policy allows', async () => {
    const heldAgainst = complaints(page, server.issuer);
    await authorize();
    await page.waitForFunction('document.querySelector("#client-logo").naturalWidth > 0');
    for (const id of ['client-policy', 'client-tos'])
      expect(await page.locator(`#${id}`).isVisible()).toBe(true);
    expect(heldAgainst).toEqual([]);
  });

  describe('pages that ask which account', () => {
    const shown: [string, string, () => Promise<unknown>][] = [
      ['sign-in', '#login-submit', () => authorize()],
      ['sign-up', '#signup-submit', () => authorize({ prompt: 'create' })],
      ['sign-up, refused', '#error-summary', () => refusedSignUp()],
      ['select-account', '#account-continue', () => secondVisit()],
    ];

    async function refusedSignUp(): Promise<void> {
      await authorize({ prompt: 'create' });
      await page.fill('#username', 'x');
      await page.click('#signup-submit');
    }

    async function secondVisit(): Promise<void> {
      await page.goto(`${server.issuer}/login`);
      await signIn(page, user.username, user.password);
      await page.waitForURL('**/account');
      await authorize({ prompt: 'select_account' });
    }

    it.each(shown)('%s: fits, and has no accessibility violation', async (name, mark, open) => {
      await open();
      await page.waitForSelector(mark);
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const width of [320, 390, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme });
          expect(await overhang(page), `${name} at ${width} px`).toBe(0);
          expect(await violations(page), `${name} ${colorScheme} at ${width} px`).toEqual([]);
          const path = process.env['SCREENSHOTS'];
          if (path)
            await page.screenshot({ path: `${path}/${name}-${colorScheme}-${width}.png`, fullPage: true });
        }
      }
    });

    it('make an account by keyboard alone, and go on to the application', async () => {
      await authorize({ prompt: 'create' });
      await page.focus('#username');
      for (const text of ['chromium-user', 'Chris', 'chris@example.com']) {
        await page.keyboard.type(text);
        await page.keyboard.press('Tab');
      }
      for (const key of ['Tab', 'Enter']) {
        await page.keyboard.type('seven grey geese fly');
        await page.keyboard.press(key);
      }
      await consent();
      expect(received.has('code')).toBe(true);
    });
  });
});
