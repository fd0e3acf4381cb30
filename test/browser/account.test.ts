import { createServer } from 'node:http';
import type { Server } from 'node:http';
import * as client from 'openid-client';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, signIn } from '../support/chromium.js';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';

/** What a person allowed is on the account page, ends there, and is then asked about again. */
describe('connected applications', () => {
  let server: ChildServer;
  let application: Server;
  let browser: Browser;
  let page: Page;
  let redirectUri: string;
  let config: client.Configuration;
  let tokens: client.TokenEndpointResponse;

  beforeAll(async () => {
    redirectUri = `http://localhost:${await freePort()}/callback`;
    application = createServer((_, response) => response.end('signed in')).listen(new URL(redirectUri).port);
    server = await startChildServer({ config: configFor(redirectUri) });
    config = await client.discovery(
      new URL(server.issuer),
      'diary',
      SECRET,
      client.ClientSecretBasic(SECRET),
      {
        execute: [client.allowInsecureRequests],
      },
    );
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    application?.close();
    await server?.stop();
  });

  it('shows an application that was allowed, with its scopes', async () => {
    await page.goto(`${server.issuer}/account`);
    await signIn(page, 'alice', 'a-password-of-the-test');
    expect(await page.textContent('main')).toContain('No application has access to your account.');

    const pkceCodeVerifier = await ask();
    await page.click('#consent-allow');
    await page.waitForURL(`${redirectUri}?**`);
    tokens = await client.authorizationCodeGrant(config, new URL(page.url()), { pkceCodeVerifier });

    await page.goto(`${server.issuer}/account`);
    expect(await diary().locator('.tag').allTextContents()).toEqual(['Sign you in', 'Your profile']);
  });

  it('asks about nothing again while it is there', async () => {
    await ask();
    await page.waitForURL(`${redirectUri}?**`);
    tokens = await client.refreshTokenGrant(config, tokens.refresh_token!);
  });

  it('ends its tokens when it is removed', async () => {
    await page.goto(`${server.issuer}/account`);
    await diary().getByRole('button', { name: 'Remove access of Diary' }).click();
    await page.waitForURL('**/account?done=removed');
    expect(await page.textContent('[role=status]')).toBe('The application has no access any more.');
    expect(await diary().count()).toBe(0);

    const refreshed = client.refreshTokenGrant(config, tokens.refresh_token!);
    await expect(refreshed).rejects.toMatchObject({ error: 'invalid_grant' });
    const userinfo = client.fetchUserInfo(config, tokens.access_token, client.skipSubjectCheck);
    await expect(userinfo).rejects.toThrow();
  });

  it('asks for consent again afterwards', async () => {
    await ask();
    await page.waitForSelector('#consent-allow');
    await page.click('#consent-deny');
    await page.waitForURL(`${redirectUri}?**`);
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
  });

  const diary = (): Locator => page.locator('.row').filter({ hasText: 'Diary' });

  /** Sends the browser with a request of the application. @returns the PKCE verifier */
  async function ask(): Promise<string> {
    const verifier = client.randomPKCECodeVerifier();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: SCOPES.join(' '),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    await page.goto(url.href);
    return verifier;
  }
});

const SECRET = 'secret-of-the-diary';
const SCOPES = ['openid', 'profile'];

const configFor = (redirectUri: string): object => ({
  clients: [
    {
      client_id: 'diary',
      client_secret: SECRET,
      client_name: 'Diary',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: SCOPES.join(' '),
    },
  ],
  users: [{ username: 'alice', password: 'a-password-of-the-test', sub: 'alice', name: 'Alice Example' }],
});
