import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { AuthorizationCode, ClientCredentials } from 'simple-oauth2';
import type { AccessToken, ModuleOptions } from 'simple-oauth2';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { launchChromium } from '../support/chromium.js';
import { ALICE, decide } from './alice.js';

/** RFC 6749 §2.3.1 encodes it before HTTP Basic does: every character here is lost by whoever forgets one side. */
const AWKWARD_SECRET = 'a secret: 100% of/the+test & more~';

describe('simple-oauth2', () => {
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

  it('completes code with PKCE, refresh, and the revocation of each token', async () => {
    const first = await signInWith(new AuthorizationCode(optionsFor('web')));
    expect(await statusOf(first)).toBe(200);
    expect(first.expired()).toBe(false);

    const second = await first.refresh();
    expect(second.token['refresh_token']).not.toBe(first.token['refresh_token']);
    expect(await statusOf(second)).toBe(200);

    await second.revoke('access_token');
    expect(await statusOf(second)).toBe(401);

    await second.revoke('refresh_token');
    await expect(second.refresh()).rejects.toMatchObject({
      output: { statusCode: 400 },
      data: { payload: { error: 'invalid_grant' } },
    });
  });

  it.each(['header', 'body'] as const)(
    'completes client_credentials with its secret in the %s',
    async (authorizationMethod) => {
      const options = optionsFor(authorizationMethod === 'header' ? 'machine' : 'machine-post');
      const client = new ClientCredentials({ ...options, options: { authorizationMethod } });
      const { token } = await client.getToken({ scope: 'read' });
      expect(token).toMatchObject({ token_type: 'Bearer', scope: 'read', expires_at: expect.any(Date) });
    },
  );

  const optionsFor = (id: string): ModuleOptions => ({
    client: { id, secret: AWKWARD_SECRET },
    auth: { tokenHost: server.issuer },
  });

  const statusOf = async ({ token }: AccessToken): Promise<number> => {
    const headers = { authorization: `Bearer ${token['access_token'] as string}` };
    return (await fetch(`${server.issuer}/oauth/userinfo`, { headers })).status;
  };

  /** The library knows no PKCE of its own, and hands on what it is given. */
  async function signInWith(client: AuthorizationCode): Promise<AccessToken> {
    const codeVerifier = randomBytes(32).toString('base64url');
    const asked = {
      redirect_uri: redirectUri,
      scope: ['openid', 'offline_access'],
      state: 'state-of-the-test',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    await page.goto(client.authorizeURL(asked));
    await decide(page, 'allow');
    await page.waitForURL(`${redirectUri}?**`);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('state')).toBe(asked.state);
    const answered = {
      code: searchParams.get('code')!,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    };
    return client.getToken(answered);
  }
});

const configFor = (redirectUri: string): object => ({
  scopes: [{ name: 'read', title: 'Read', description: 'Read your data' }],
  clients: [
    {
      client_id: 'web',
      client_secret: AWKWARD_SECRET,
      client_name: 'Web',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid offline_access',
    },
    machine('machine', 'client_secret_basic'),
    machine('machine-post', 'client_secret_post'),
  ],
  users: [ALICE],
});

const machine = (id: string, authenticationMethod: string): object => ({
  client_id: id,
  client_secret: AWKWARD_SECRET,
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: authenticationMethod,
  scope: 'read',
});
