import { createServer } from 'node:http';
import type { Server } from 'node:http';
import * as client from 'openid-client';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, signIn } from '../support/chromium.js';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';

/** A certified client library, a real browser, and the server as it is shipped. */
describe('openid-client', () => {
  let server: ChildServer;
  let application: Server;
  let browser: Browser;
  let page: Page;
  let redirectUri: string;

  beforeAll(async () => {
    redirectUri = `http://localhost:${await freePort()}/callback`;
    application = createServer((_, response) => response.end('signed in')).listen(new URL(redirectUri).port);
    server = await startChildServer({ config: configFor(redirectUri) });
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    application?.close();
    await server?.stop();
  });

  it('completes discovery, code with PKCE, userinfo, refresh, introspection, revocation and logout', async () => {
    const config = await discover('web', 'web-secret-of-the-test');
    const tokens = await signInWith(config);
    const subject = tokens.claims()!.sub;
    expect(subject).toBe('alice');

    const userinfo = await client.fetchUserInfo(config, tokens.access_token, subject);
    expect(userinfo).toMatchObject({ sub: 'alice', name: 'Alice Example', email: 'alice@example.com' });

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token!);
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);

    expect(await client.tokenIntrospection(config, refreshed.access_token)).toMatchObject({
      active: true,
      username: 'alice',
      client_id: 'web',
    });
    await client.tokenRevocation(config, refreshed.refresh_token!);
    expect(await client.tokenIntrospection(config, refreshed.access_token)).toEqual({ active: false });

    const state = client.randomState();
    const hint = { id_token_hint: tokens.id_token!, post_logout_redirect_uri: `${redirectUri}/bye`, state };
    await page.goto(client.buildEndSessionUrl(config, hint).href);
    expect(page.url()).toBe(`${redirectUri}/bye?state=${state}`);
    await page.goto(`${server.issuer}/account`);
    expect(new URL(page.url()).pathname).toBe('/login');
  });

  it('completes client_credentials with a JWT that verifies against the JWKS', async () => {
    const config = await discover('machine', 'machine-secret-of-the-test');
    const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'read' });
    const { createRemoteJWKSet, jwtVerify } = await import('jose');
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(`${server.issuer}/oauth/jwks`)), {
      issuer: server.issuer,
      typ: 'at+jwt',
    });
    expect(payload).toMatchObject({ client_id: 'machine', sub: 'machine', scope: 'read' });
  });

  const discover = (id: string, secret: string): Promise<client.Configuration> =>
    client.discovery(new URL(server.issuer), id, secret, client.ClientSecretBasic(secret), {
      execute: [client.allowInsecureRequests],
    });

  async function signInWith(config: client.Configuration) {
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const expectedNonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile email offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
    });
    await page.goto(url.href);
    await signIn(page, 'alice', 'a-password-of-the-test');
    await page.click('#consent-allow');
    await page.waitForURL(`${redirectUri}?**`);
    return client.authorizationCodeGrant(config, new URL(page.url()), {
      pkceCodeVerifier,
      expectedState,
      expectedNonce,
    });
  }
});

const configFor = (redirectUri: string): object => ({
  scopes: [{ name: 'read', title: 'Read', description: 'Read your data' }],
  clients: [
    {
      client_id: 'web',
      client_secret: 'web-secret-of-the-test',
      client_name: 'Web',
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [`${redirectUri}/bye`],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email offline_access',
    },
    {
      client_id: 'machine',
      client_secret: 'machine-secret-of-the-test',
      grant_types: ['client_credentials'],
      scope: 'read',
      access_token_format: 'jwt',
    },
  ],
  users: [
    {
      username: 'alice',
      password: 'a-password-of-the-test',
      sub: 'alice',
      name: 'Alice Example',
      email: 'alice@example.com',
      email_verified: true,
    },
  ],
});
