import type { Server } from 'node:http';
import type { StrategyOptions } from 'passport-oauth2';
import type { Browser, Page } from 'playwright-core';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { launchChromium } from '../support/chromium.js';
import { ALICE, decide } from './alice.js';
import { passportApplication } from './passport-application.js';

describe('passport-oauth2', () => {
  let server: ChildServer;
  let application: Server;
  let home: string;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    home = `http://localhost:${await freePort()}`;
    server = await startChildServer({ config: configFor(`${home}/callback`) });
    application = passportApplication(optionsFor(server.issuer, home), `${server.issuer}/api/me`).listen(
      Number(new URL(home).port),
    );
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    application?.close();
    await server?.stop();
  });

  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(home);
  });

  afterEach(() => page.close());

  it('is told that the person said no', async () => {
    const answer = page.waitForResponse(`${home}/callback?**`);
    await decide(page, 'deny');
    expect(new URL((await answer).url()).searchParams.get('error')).toBe('access_denied');
    expect((await answer).status()).toBe(401);
  });

  it('signs in with state and PKCE, and calls /api/me with its token', async () => {
    await decide(page, 'allow');
    await page.waitForURL(`${home}/account`);
    expect(JSON.parse((await page.textContent('pre'))!)).toMatchObject({
      username: 'alice',
      first_name: 'Alice',
      email: ALICE.email,
    });
  });
});

const optionsFor = (issuer: string, home: string): StrategyOptions => ({
  authorizationURL: `${issuer}/oauth/authorize`,
  tokenURL: `${issuer}/oauth/token`,
  clientID: 'passport',
  clientSecret: 'secret-of-the-passport-application',
  callbackURL: `${home}/callback`,
  scope: ['openid', 'user_info'],
  // What its types call S256.
  pkce: true,
  state: true,
});

const configFor = (redirectUri: string): object => ({
  clients: [
    {
      client_id: 'passport',
      client_secret: 'secret-of-the-passport-application',
      client_name: 'Passport',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'openid user_info',
    },
  ],
  users: [ALICE],
});
