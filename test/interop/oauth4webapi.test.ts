import { createServer } from 'node:http';
import type { Server } from 'node:http';
import * as oauth from 'oauth4webapi';
import type { Browser, Page } from 'playwright-core';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { launchChromium } from '../support/chromium.js';
import { ALICE, decide } from './alice.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };

/** A library that checks every answer against the standards, before it looks at what the answer says. */
describe('oauth4webapi', () => {
  const client: oauth.Client = { client_id: 'device' };
  let server: ChildServer;
  let as: oauth.AuthorizationServer;
  let application: Server;
  let browser: Browser;
  let page: Page;
  let redirectUri: string;

  beforeAll(async () => {
    const port = await freePort();
    redirectUri = `http://127.0.0.1:${port}/callback`;
    application = createServer((_, response) => response.end('signed in')).listen(port, '127.0.0.1');
    server = await startChildServer({ config: configFor(redirectUri.replace('callback', 'bye')) });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    application?.close();
    await server?.stop();
  });

  beforeEach(async () => {
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  it.each(['oidc', 'oauth2'] as const)('discovers the server by the rules of %s', async (algorithm) => {
    const issuer = new URL(server.issuer);
    const answer = await oauth.discoveryRequest(issuer, { algorithm, ...INSECURE });
    as = await oauth.processDiscoveryResponse(issuer, answer);
    expect(as.authorization_response_iss_parameter_supported).toBe(true);
    expect(as.token_endpoint_auth_methods_supported).toContain('none');
  });

  it('completes code with PKCE for a public client: iss, ID token and its signature, userinfo, refresh, logout', async () => {
    const request = await newRequest();
    const callback = await answerTo(request);
    expect(() => oauth.validateAuthResponse(as, client, ofAnotherIssuer(callback), request.state)).toThrow(
      /iss/,
    );

    const tokens = await redeem(callback, request);
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: 'alice', nonce: request.nonce });

    const userinfo = await oauth.userInfoRequest(as, client, tokens.access_token, INSECURE);
    expect(await oauth.processUserInfoResponse(as, client, 'alice', userinfo)).toMatchObject({
      name: ALICE.name,
    });
    const refreshed = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.None(),
      tokens.refresh_token!,
      INSECURE,
    );
    const { id_token } = await oauth.processRefreshTokenResponse(as, client, refreshed);

    // The library has nothing for logout but the metadata, as the standard has nothing but an address.
    const logout = new URL(as.end_session_endpoint!);
    const after = redirectUri.replace('callback', 'bye');
    logout.search = new URLSearchParams({
      id_token_hint: id_token!,
      post_logout_redirect_uri: after,
    }).toString();
    await page.goto(logout.href);
    expect(page.url()).toBe(after);
  });

  it('refuses the code to a client that does not know the verifier', async () => {
    const request = await newRequest();
    const callback = await answerTo(request);
    const stolen = { ...request, codeVerifier: oauth.generateRandomCodeVerifier() };
    await expect(redeem(callback, stolen)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  async function answerTo(request: AuthorizationRequest): Promise<URL> {
    const url = new URL(as.authorization_endpoint!);
    url.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile offline_access',
      prompt: 'consent',
      state: request.state,
      nonce: request.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(request.codeVerifier),
      code_challenge_method: 'S256',
    }).toString();
    await page.goto(url.href);
    await decide(page, 'allow');
    await page.waitForURL(`${redirectUri}?**`);
    return new URL(page.url());
  }

  async function redeem(callback: URL, { state, nonce, codeVerifier }: AuthorizationRequest) {
    const answer = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      oauth.None(),
      oauth.validateAuthResponse(as, client, callback, state),
      redirectUri,
      codeVerifier,
      INSECURE,
    );
    const checks = { expectedNonce: nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, checks);
    await oauth.validateApplicationLevelSignature(as, answer, INSECURE);
    return tokens;
  }
});

interface AuthorizationRequest {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

const newRequest = async (): Promise<AuthorizationRequest> => ({
  state: oauth.generateRandomState(),
  nonce: oauth.generateRandomNonce(),
  codeVerifier: oauth.generateRandomCodeVerifier(),
});

/** What a mix-up attack would send (RFC 9207 §1). */
function ofAnotherIssuer(callback: URL): URL {
  const mixedUp = new URL(callback);
  mixedUp.searchParams.set('iss', 'https://other.example.com');
  return mixedUp;
}

/** A native application: the port of its loopback address is known only when it runs (RFC 8252 §7.3). */
const configFor = (bye: string): object => ({
  clients: [
    {
      client_id: 'device',
      client_name: 'Device',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback'],
      post_logout_redirect_uris: [bye],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      scope: 'openid profile offline_access',
    },
  ],
  users: [ALICE],
});
