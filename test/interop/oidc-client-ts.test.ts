import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { launchChromium } from '../support/chromium.js';
import { ALICE, decide } from './alice.js';

const LIBRARY = createRequire(import.meta.url)
  .resolve('oidc-client-ts')
  .replace(/umd.*$/, 'browser/oidc-client-ts.min.js');
const PAGE = new URL('./single-page-application.html', import.meta.url).pathname;

/** The same page at two origins, of which the client has registered one. */
describe('oidc-client-ts', () => {
  let server: ChildServer;
  let applications: Server[];
  let allowed: string;
  let other: string;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [allowed, other] = [await localOrigin(), await localOrigin()];
    server = await startChildServer({ config: configFor(allowed, other) });
    applications = [allowed, other].map((origin) => serve(origin, server.issuer));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    applications?.forEach((application) => application.close());
    await server?.stop();
  });

  beforeEach(async () => {
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  it('signs in by redirect, reads userinfo, refreshes and signs out from an allowed origin', async () => {
    await page.goto(allowed);
    await page.click('#sign-in');
    const userinfo = page.waitForResponse(`${server.issuer}/oauth/userinfo`);
    await decide(page, 'allow');
    expect((await userinfo).status()).toBe(200);
    const signedIn = await outcome();
    expect(signedIn).toMatchObject({ profile: { sub: 'alice', name: ALICE.name } });

    await page.click('#refresh');
    const refreshed = await outcome();
    expect(refreshed).toMatchObject({ profile: { sub: 'alice' }, refreshToken: expect.any(String) });
    expect(refreshed.refreshToken).not.toBe(signedIn.refreshToken);

    await page.click('#sign-out');
    await page.waitForURL(`${allowed}/**`);
    await page.goto(`${server.issuer}/account`);
    expect(new URL(page.url()).pathname).toBe('/login');
  });

  it('notices in one tab that the user has signed out in another (Session Management 1.0)', async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    await page.goto(allowed);
    await page.click('#sign-in');
    await decide(page, 'allow');
    expect(await outcome()).toMatchObject({ profile: { sub: 'alice' } });
    const account = await context.newPage();
    await account.goto(`${server.issuer}/account`);
    expect(await page.textContent('#elsewhere')).toBe('');
    await account.click('#sign-out');
    await page.waitForSelector('#elsewhere:text("signed out")');
    await context.close();
  });

  it('gets nowhere at an origin that is not allowed, although people may return there', async () => {
    const blocked: string[] = [];
    page.on('requestfailed', (request) => blocked.push(request.url()));
    await page.goto(other);
    await page.click('#sign-in');
    expect(await outcome()).toEqual({ failure: 'TypeError: Failed to fetch' });
    expect(blocked).toEqual([`${server.issuer}/.well-known/openid-configuration`]);
  });

  async function outcome(): Promise<Outcome> {
    const text = page.locator('#outcome:not(:empty)');
    return JSON.parse((await text.textContent())!) as Outcome;
  }
});

interface Outcome {
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly refreshToken?: string;
  readonly failure?: string;
}

const localOrigin = async (): Promise<string> => `http://localhost:${await freePort()}`;

function serve(origin: string, authority: string): Server {
  const application = express();
  application.get('/oidc-client-ts.js', (_, response) => response.sendFile(LIBRARY));
  application.get('/settings.json', (_, response) => response.json({ authority }));
  application.get(['/', '/callback'], (_, response) => response.sendFile(PAGE));
  return application.listen(Number(new URL(origin).port));
}

const configFor = (allowed: string, other: string): object => ({
  clients: [
    {
      client_id: 'spa',
      client_name: 'Single-page application',
      redirect_uris: [`${allowed}/callback`, `${other}/callback`],
      post_logout_redirect_uris: [`${allowed}/`],
      allowed_origins: [allowed],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      scope: 'openid profile offline_access',
    },
  ],
  users: [ALICE],
});
