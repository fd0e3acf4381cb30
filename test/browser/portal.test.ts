import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { Keyboard } from './keyboard.js';

/** One walk through the developer portal, from the first sign-in to the end of the application, without a mouse. */
describe('the developer portal by keyboard', () => {
  let server: ChildServer;
  let browser: Browser;
  let page: Page;
  let keyboard: Keyboard;
  let clientId: string;
  const secrets: string[] = [];

  beforeAll(async () => {
    server = await startChildServer({ config: CONFIG });
    browser = await launchChromium();
    page = await browser.newPage();
    keyboard = new Keyboard(page);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('signs in, and is led to the applications', async () => {
    await page.goto(`${server.issuer}/applications`);
    await keyboard.type('#username', 'dana');
    await keyboard.type('#password', 'a-password-of-the-test');
    await keyboard.enter('#login-submit');
    expect(new URL(page.url()).pathname).toBe('/applications');
  });

  it('says beside the field what is wrong with a redirect URI, and leads there', async () => {
    await keyboard.enter('#new-application');
    await keyboard.type('#client_name', 'Timesheets');
    await keyboard.type('#redirect_uris', 'http://timesheets.example.com/callback#top');
    await keyboard.tick('#grant_types-client_credentials');
    await keyboard.tick('#scope-read');
    await keyboard.enter('#application-submit');

    const field = page.locator('#redirect_uris');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.getAttribute('aria-describedby')).toContain('redirect_uris-fault');
    expect(await page.textContent('#redirect_uris-fault')).toContain(
      'http://timesheets.example.com/callback#top',
    );
    expect(await page.inputValue('#client_name')).toBe('Timesheets');

    await keyboard.press('#error-summary a');
    expect(await keyboard.hasFocus('#redirect_uris')).toBe(true);
  });

  it('registers it, and shows the secret once', async () => {
    await keyboard.type('#redirect_uris', 'https://timesheets.example.com/callback');
    await keyboard.enter('#application-submit');
    clientId = (await page.textContent('#client-id'))!;
    secrets.push((await page.textContent('#new-secret'))!);

    await page.goto(`${server.issuer}/applications/${clientId}`);
    expect(await page.locator('#new-secret').count()).toBe(0);
    expect(await page.content()).not.toContain(secrets[0]);
  });

  it('gives the application tokens', async () => {
    expect(await tokenWith(secrets[0]!)).toMatchObject({ token_type: 'Bearer', scope: 'read' });
  });

  it('changes it', async () => {
    await keyboard.enter('#edit-application');
    await keyboard.type('#client_name', 'Timesheets of the year');
    await keyboard.enter('#application-submit');
    expect(await page.textContent('[role=status]')).toBe('The changes are saved.');
    expect((await page.textContent('h1'))!.trim()).toBe('Timesheets of the year');
  });

  it('adds a second secret beside the first, then deletes the first', async () => {
    await keyboard.type('#secret-label', 'next year');
    await keyboard.enter('#new-secret-submit');
    secrets.push((await page.textContent('#new-secret'))!);
    for (const secret of secrets) expect(await tokenWith(secret)).toHaveProperty('access_token');

    const first = '.row:not(:has-text("next year"))';
    await keyboard.press(`${first} summary`);
    await keyboard.enter(`${first} form button`);
    expect(await page.textContent('[role=status]')).toContain('The secret is deleted');
    expect(await tokenWith(secrets[0]!)).toMatchObject({ error: 'invalid_client' });
    expect(await tokenWith(secrets[1]!)).toHaveProperty('access_token');
  });

  it('deletes it only after a page that asks', async () => {
    await keyboard.enter('#delete-application');
    expect(await page.textContent('h1')).toContain('Timesheets of the year');
    expect(await tokenWith(secrets[1]!)).toHaveProperty('access_token');

    await keyboard.enter('#application-delete');
    expect(await page.textContent('[role=status]')).toBe('The application is deleted.');
    expect(await page.textContent('main')).not.toContain('Timesheets');
    expect(await tokenWith(secrets[1]!)).toMatchObject({ error: 'invalid_client' });
  });

  async function tokenWith(secret: string): Promise<unknown> {
    const answer = await fetch(`${server.issuer}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'read' }),
    });
    return answer.json();
  }
});

const CONFIG = {
  scopes: [{ name: 'read', title: 'Read', description: 'Read your data' }],
  users: [{ username: 'dana', password: 'a-password-of-the-test', name: 'Dana Developer' }],
};
