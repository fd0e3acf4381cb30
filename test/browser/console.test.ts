import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, signIn } from '../support/chromium.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface AxeResults {
  readonly violations: { readonly id: string; readonly nodes: { readonly html: string }[] }[];
}

/** Where to put pictures of the pages, for whoever wants to look at them. */
const PICTURES = process.env['CONSOLE_PICTURES'];

const CLIENTS = Array.from({ length: 24 }, (_, count) => ({
  ...{ client_id: `client-${count}`, client_secret: 'a secret', client_name: `Application ${count}` },
  ...{ redirect_uris: [`https://application-${count}.example.com/callback`], scope: 'openid profile read' },
}));
const CONFIG = {
  scopes: [{ name: 'read', title: 'Read your data', description: 'See what you keep.' }],
  resources: [{ identifier: 'https://api.example.com', scopes: ['read'] }],
  clients: CLIENTS,
  users: [
    { username: 'root', password: 'the password of root', roles: ['admin'], name: 'Ada Admin' },
    { username: 'look', password: 'the password of look', roles: ['auditor'], name: 'Otto Auditor' },
    { username: 'bob', password: 'the password of bob', email: 'bob@example.com' },
  ],
};

/** What is folded away is looked at, too. */
const UNFOLD = "document.querySelectorAll('details.fold').forEach((one) => { one.open = true; })";

describe('The administration console in a browser', () => {
  let server: ChildServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await startChildServer({ config: CONFIG });
    browser = await launchChromium();
    // axe is put into the page from outside, which the policy of the pages refuses.
    page = await browser.newPage({ bypassCSP: true });
    await page.goto(`${server.issuer}/admin`);
    await signIn(page, 'root', 'the password of root');
    await page.waitForURL(`${server.issuer}/admin`);
    await makeThings();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A client, a user, a scope and a resource that may be edited, made as an administrator makes them. */
  async function makeThings(): Promise<void> {
    await fill('new/client', {
      client_name: 'Payroll',
      redirect_uris: 'https://payroll.example.com/callback',
    });
    await page.waitForSelector('#new-secret');
    await picture('client-made');
    await fill('new/user', {
      username: 'ada',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      roles: 'staff',
    });
    await page.waitForSelector('#new-secret');
    await fill('new/initial-access-token', { label: 'ACME' });
    await page.waitForSelector('#new-secret');
    await fill('new/scope', { name: 'notes', title: 'Read your notes' });
    await fill('new/resource', { identifier: 'https://notes.example.com', name: 'Notes' });
  }

  async function fill(path: string, fields: Record<string, string>): Promise<void> {
    await page.goto(`${server.issuer}/admin/${path}`);
    for (const [name, value] of Object.entries(fields)) await page.fill(`#${name}`, value);
    await page.click('#console-submit');
  }

  async function addressOf(list: string, name: string): Promise<string> {
    await page.goto(`${server.issuer}/admin/${list}`);
    const href = await page.getAttribute(`table a:has-text("${name}")`, 'href');
    return href!.replace('/admin/', '');
  }

  async function picture(name: string): Promise<void> {
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  /** What axe finds against WCAG 2.2 AA and its own advice. */
  async function violations(): Promise<string[]> {
    await page.evaluate(AXE);
    const found = await page.evaluate<AxeResults>('axe.run()');
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
  }

  it.each([
    ['light', 390],
    ['light', 1280],
    ['dark', 390],
    ['dark', 1280],
  ] as const)(
    'has no accessibility fault and nothing that sticks out, %s and %i wide',
    async (colorScheme, width) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const faults: string[] = [];
      for (const path of await paths()) {
        await page.goto(`${server.issuer}/admin/${path}`.replace(/\/$/, ''));
        await page.evaluate(UNFOLD);
        await picture(`${path.replaceAll(/[^\w]+/g, '-') || 'overview'}-${colorScheme}-${width}`);
        const sticksOut = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
        const found = [...(await violations()), ...(sticksOut ? ['sticks out'] : [])];
        faults.push(...found.map((fault) => `${path}: ${fault}`));
      }
      expect(faults).toEqual([]);
    },
  );

  /** One of every kind of page. */
  async function paths(): Promise<string[]> {
    const client = await addressOf('clients?search=Payroll', 'Payroll');
    const user = await addressOf('users?username=ada', 'ada');
    return [
      ...['', 'clients', 'users', 'scopes', 'resources', 'authorizations', 'keys', 'audit'],
      ...['new/client', 'new/user', 'new/scope', 'new/resource', 'scopes/notes', 'scopes/notes/edit'],
      ...[client, `${client}/edit`, `${client}/delete`, user, `${user}/edit`, `${user}/disable`],
      ...['clients/client-1', 'scopes/openid', 'keys/rotate?alg=ES256', 'keys/rotate?alg=RS256&now=true'],
      ...['initial-access-tokens', 'new/initial-access-token'],
      ...['clients?search=nothing-like-it', 'audit?action=client.created', 'users/nobody'],
    ];
  }

  it('shows a form again that is wrong, without a fault of its own', async () => {
    await fill('new/client', { client_name: 'Wrong', redirect_uris: 'not a uri' });
    expect(await page.textContent('#error-summary')).toContain('redirect');
    expect(await page.inputValue('#client_name')).toBe('Wrong');
    expect(await violations()).toEqual([]);
    await picture('form-again');
    await page.click('#error-summary a');
    expect(await page.evaluate('document.activeElement.id')).toBe('redirect_uris');
  });

  it('is used with the keyboard alone', async () => {
    await page.goto(`${server.issuer}/admin`);
    await press('Skip to the content');
    await page.goto(`${server.issuer}/admin`);
    await press('Users');
    await press('New user');
    await focusOn('#username');
    await page.keyboard.type('keyboard');
    await focusOn('#console-submit');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#new-secret');
    await press('Disable…');
    expect(await page.textContent('h1')).toBe('Disable this user?');
    await focusOn('#console-confirm');
    await page.keyboard.press('Space');
    await page.waitForSelector('.notice:has-text("disabled")');
  });

  it('shows an auditor no way to change anything', async () => {
    const context = await browser.newContext();
    const own = await context.newPage();
    await own.goto(`${server.issuer}/admin/clients/client-1`);
    await signIn(own, 'look', 'the password of look');
    await own.waitForURL(`${server.issuer}/admin/clients/client-1`);
    expect(await own.locator('main form').count()).toBe(0);
    expect(await own.locator('main .button').count()).toBe(0);
    await own.goto(`${server.issuer}/admin/new/user`);
    expect(await own.textContent('#error-description')).toContain('auditor');
    await context.close();
  });

  /** Tabs to the link of that text, and follows it. */
  async function press(text: string): Promise<void> {
    await tabUntil(`document.activeElement.textContent.trim() === ${JSON.stringify(text)}`, text);
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
    await page.waitForLoadState();
  }

  const focusOn = (selector: string): Promise<void> =>
    tabUntil(`document.activeElement.matches(${JSON.stringify(selector)})`, selector);

  async function tabUntil(reached: string, what: string): Promise<void> {
    for (let count = 0; count < 60; count++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(reached)) return;
    }
    throw new Error(`the keyboard does not reach ${what}`);
  }
});
