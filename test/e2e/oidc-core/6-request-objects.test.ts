import { CompactEncrypt, SignJWT, importJWK } from 'jose';
import type { JWK } from 'jose';
import {
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  expectErrorPage,
  expectRedirectError,
  shows,
  startServer,
  textOf,
} from '../../support/index.js';
import type { Parameters, TestServer, TestUser } from '../../support/index.js';
import { aPublisher, aRequestSigner, unsignedJwt } from '../../support/request-objects.js';

describe('OpenID Connect Core §6 passing request parameters as JWTs', () => {
  let server: TestServer;
  let alice: TestUser;
  let publisher: Awaited<ReturnType<typeof aPublisher>>;

  beforeAll(async () => {
    publisher = await aPublisher();
    server = await startServer({ settings: { fetching: { allowedHosts: ['127.0.0.1'] } } });
    alice = await aUser().with({ email: 'alice@example.com' }).register(server);
  });
  afterAll(async () => {
    await server.close();
    await publisher.close();
  });

  const metadata = async () => (await server.send('/.well-known/openid-configuration')).json;

  /** Everything but what OpenID Connect Core §6.1 wants outside. */
  const outside = (overrides: Parameters): Parameters => ({
    redirect_uri: undefined,
    state: undefined,
    code_challenge: undefined,
    code_challenge_method: undefined,
    ...overrides,
  });

  /** Of the latest object: each request that is sent has a verifier of its own, which does not count. */
  let verifier: string;

  /** What a good request says, for the inside of an object. */
  function inside(rp: RelyingParty, more: object = {}): Record<string, unknown> {
    const { searchParams } = new URL(rp.authorizationUrl());
    verifier = rp.verifier;
    return { iss: rp.client.id, aud: server.issuer, ...Object.fromEntries(searchParams), ...more };
  }

  async function signing(alg: string, more: object = {}) {
    const signer = await aRequestSigner(alg);
    const builder = aClient().with({ jwks: { keys: [signer.jwk] }, ...more });
    const rp = await (await aRelyingParty(server, builder)).signIn(alice);
    return { rp, signer };
  }

  it('§3 of Discovery advertises them, without none while no client is registered for it', async () => {
    expect(await metadata()).toMatchObject({
      request_parameter_supported: true,
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
      request_object_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'],
    });
  });

  describe('§6.1 by value', () => {
    it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('takes one that is signed with %s', async (alg) => {
      const { rp, signer } = await signing(alg, { request_object_signing_alg: alg });
      const request = await signer.sign(inside(rp, { state: 'of the object', nonce: 'n-0S6_WzA2Mj' }));
      const back = await rp.signInAndConsent(alice, outside({ request }));
      expect(back.searchParams.get('state')).toBe('of the object');
      const { json } = await rp.exchange(back.searchParams.get('code')!, { code_verifier: verifier });
      expect(claimsOf(json.id_token)['nonce']).toBe('n-0S6_WzA2Mj');
    });

    it('takes one that is keyed by the secret of the client (HS256)', async () => {
      const secret = 'a-secret-of-32-characters-at-least-0123456789';
      const builder = aClient().with({
        client_secret: secret,
        readable_secret: true,
        request_object_signing_alg: 'HS256',
      });
      const rp = await (await aRelyingParty(server, builder)).signIn(alice);
      const request = await new SignJWT(inside(rp, { state: 's' }))
        .setProtectedHeader({ alg: 'HS256' })
        .sign(Buffer.from(secret));
      const back = await rp.signInAndConsent(alice, outside({ request }));
      expect(back.searchParams.has('code')).toBe(true);
    });

    it('§6.3.3 what is inside counts more than what is beside it, which counts where nothing is inside', async () => {
      const { rp, signer } = await signing('RS256');
      const { scope: _, ...rest } = inside(rp, { state: 'inside', redirect_uri: undefined });
      const request = await signer.sign({ ...rest, scope: 'openid email' });
      const { redirectUri } = rp.client;
      const back = await rp.signInAndConsent(
        alice,
        outside({ request, state: 'outside', scope: 'openid', redirect_uri: redirectUri }),
      );
      expect(back.href.startsWith(redirectUri)).toBe(true);
      expect(back.searchParams.get('state')).toBe('inside');
      const { json } = await rp.exchange(back.searchParams.get('code')!, { code_verifier: verifier });
      expect(json.scope).toBe('openid email');
    });

    it('takes claims and max_age as the JSON that they are', async () => {
      const { rp, signer } = await signing('RS256');
      const claims = { userinfo: { email: { essential: true } }, id_token: { auth_time: null } };
      const request = await signer.sign(inside(rp, { claims, max_age: 10_000 }));
      const back = await rp.signInAndConsent(alice, outside({ request }));
      const { json } = await rp.exchange(back.searchParams.get('code')!, { code_verifier: verifier });
      expect((await rp.userinfo(json.access_token)).json).toEqual({
        sub: alice.subject,
        email: 'alice@example.com',
      });
    });

    it('oidcc-ensure-request-object-with-redirect-uri: the one inside wins over a bad one outside', async () => {
      const { rp, signer } = await signing('RS256');
      const request = await signer.sign(inside(rp));
      const redirect_uri = `${rp.client.redirectUri}/not-registered`;
      const back = await rp.signInAndConsent(alice, outside({ request, redirect_uri }));
      expect(back.href.startsWith(`${rp.client.redirectUri}?`)).toBe(true);
      expect(back.searchParams.has('code')).toBe(true);
    });

    it('oidcc-ensure-request-object-with-redirect-uri: refused, it never leads to a bad one outside', async () => {
      const rp = await aRelyingParty(server);
      const request = unsignedJwt(inside(rp));
      const redirect_uri = `${rp.client.redirectUri}/not-registered`;
      const page = await rp.authorize(outside({ request, redirect_uri }));
      expectErrorPage(page);
      expect(textOf(page, 'error-parameter')).toBe('redirect_uri');
      const other = await rp.authorize(outside({ request }));
      expectErrorPage(other);
      expect(textOf(other, 'error-code')).toBe('request_not_supported');
    });

    it('R13 one that holds an address that is not registered leads nowhere', async () => {
      const { rp, signer } = await signing('RS256');
      const request = await signer.sign(inside(rp, { redirect_uri: 'https://evil.test/cb' }));
      expectErrorPage(await rp.authorize(outside({ request, redirect_uri: rp.client.redirectUri })));
    });

    it('is opened once: the pages in between keep what it said, also when it has expired', async () => {
      const { rp, signer } = await signing('RS256', { require_signed_request_object: true });
      const exp = Math.floor(server.clock.now().getTime() / 1000) + 60;
      const request = await signer.sign(inside(rp, { exp, prompt: 'login', state: 's' }));
      server.clock.advance(1);
      const login = await rp.authorize(outside({ request }));
      expect(shows(login, 'login-submit')).toBe(true);
      server.clock.advance(300);
      const back = await rp.complete(login, alice);
      expect(back.searchParams.get('state')).toBe('s');
      expect(back.searchParams.has('code')).toBe(true);
    });

    it('works by POST, too', async () => {
      const { rp, signer } = await signing('RS256');
      const { response_type, client_id, ...rest } = inside(rp);
      const request = await signer.sign(rest);
      const form = { response_type: String(response_type), client_id: String(client_id), request };
      const page = await rp.browser.follow(await rp.browser.post('/oauth/authorize', form));
      expect((await rp.complete(page)).searchParams.has('code')).toBe(true);
    });
  });

  describe('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', () => {
    it('is refused, and never ignored, from a client that has not registered for it', async () => {
      const rp = await aRelyingParty(server);
      const { redirectUri: redirect_uri } = rp.client;
      const request = unsignedJwt(inside(rp));
      const { location } = await rp.authorize(outside({ request, redirect_uri, state: 's' }));
      expectRedirectError(server, location, 'request_not_supported', 's');
    });

    it('oidcc-request-uri-unsigned…: the same by reference', async () => {
      const uri = publisher.url('/unsigned');
      const rp = await aRelyingParty(server, aClient().with({ request_uris: [uri] }));
      publisher.publish('/unsigned', unsignedJwt(inside(rp)));
      const { redirectUri: redirect_uri } = rp.client;
      const { location } = await rp.authorize(outside({ request_uri: uri, redirect_uri, state: 's' }));
      expectRedirectError(server, location, 'request_uri_not_supported', 's');
    });

    it('is taken from a client that has, and then none is advertised', async () => {
      const rp = await aRelyingParty(server, aClient().with({ request_object_signing_alg: 'none' }));
      await rp.signIn(alice);
      const request = unsignedJwt(inside(rp, { state: 'inside' }));
      const back = await rp.signInAndConsent(alice, outside({ request }));
      expect(back.searchParams.get('state')).toBe('inside');
      await new Promise((resolve) => setTimeout(resolve, 1100)); // how long flows in use are remembered
      expect((await metadata()).request_object_signing_alg_values_supported).toContain('none');
    });
  });

  it('Registration §2 one that has registered itself without naming an algorithm may use any, and none', async () => {
    const open = await startServer({ settings: { registration: { access: 'open' } } });
    const { json } = await open.send('/.well-known/openid-configuration');
    expect(json.request_object_signing_alg_values_supported).toContain('none');
    const registered = await open.send('/oauth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ redirect_uris: ['https://rp.test/cb'] })),
    });
    const { client_id: id, client_secret: secret } = registered.json as Record<string, string>;
    const client = {
      id: id!,
      secret,
      authenticationMethod: 'client_secret_basic',
      redirectUri: 'https://rp.test/cb',
    };
    const rp = new RelyingParty(open, client);
    const request = unsignedJwt(inside(rp, { state: 'inside', aud: open.issuer }));
    const back = await rp.signInAndConsent(await aUser().register(open), outside({ request }));
    expect(back.searchParams.get('state')).toBe('inside');
    await open.close();
  });

  describe('§6.2 by reference', () => {
    it('oidcc-request-uri-signed-rs256: fetched from where it is registered, the fragment not compared', async () => {
      const path = '/signed.jwt';
      const { rp, signer } = await signing('RS256', {
        request_object_signing_alg: 'RS256',
        request_uris: [publisher.url(`${path}#registered`)],
      });
      const uri = publisher.publish(path, await signer.sign(inside(rp, { state: 's' })));
      publisher.requests.length = 0;
      const back = await rp.signInAndConsent(alice, outside({ request_uri: `${uri}#3q2-7w` }));
      expect(back.searchParams.get('state')).toBe('s');
      expect(publisher.requests).toEqual([path]);
    });

    it('Q01 one that is not registered is never fetched', async () => {
      const rp = await aRelyingParty(server, aClient().with({ request_uris: [publisher.url('/a')] }));
      publisher.requests.length = 0;
      const { redirectUri: redirect_uri } = rp.client;
      for (const request_uri of [
        publisher.url('/b'),
        publisher.url('/a/../b'),
        publisher.url('/a?x=1'),
        'http://169.254.169.254/latest/meta-data',
        'file:///etc/passwd',
        'urn:ietf:params:oauth:request_uri:guessed',
        `${publisher.url('/a')}#${'x'.repeat(600)}`,
      ]) {
        const { location } = await rp.authorize({ request_uri, redirect_uri, state: 's' });
        expectRedirectError(server, location, 'invalid_request_uri', 's');
      }
      expect(publisher.requests).toEqual([]);
    });

    it('Q01 a registered one at a private address is never connected to, and nothing is told of it', async () => {
      const other = await startServer();
      const hidden = publisher.publish('/hidden', 'x');
      const rp = await aRelyingParty(other, aClient().with({ request_uris: [hidden] }));
      publisher.requests.length = 0;
      const { location } = await rp.authorize({ request_uri: hidden, state: 's' });
      expectRedirectError(other, location, 'invalid_request_uri', 's');
      expect(publisher.requests).toEqual([]);
      await other.close();
    });

    it('says invalid_request_uri when nothing is there, and invalid_request_object when it is no JWT', async () => {
      const uris = [publisher.url('/nothing'), publisher.publish('/html', '<html></html>')];
      const rp = await aRelyingParty(server, aClient().with({ request_uris: uris }));
      const codes = [];
      for (const request_uri of uris)
        codes.push((await rp.authorize({ request_uri })).location?.searchParams.get('error'));
      expect(codes).toEqual(['invalid_request_uri', 'invalid_request_object']);
    });
  });

  describe('§6.1 encrypted to this server', () => {
    async function encrypted(jwt: string, alg: string): Promise<string> {
      const { keys } = (await server.send('/oauth/jwks')).json as { keys: JWK[] };
      const key = keys.find(({ use, kty }) => use === 'enc' && (kty === 'RSA') === alg.startsWith('RSA'))!;
      return new CompactEncrypt(Buffer.from(jwt))
        .setProtectedHeader({ alg, enc: 'A256GCM', cty: 'JWT', kid: key.kid })
        .encrypt(await importJWK(key, alg));
    }

    it.each(['RSA-OAEP-256', 'ECDH-ES'])('and signed by the client: %s', async (alg) => {
      const { rp, signer } = await signing('ES256', { request_object_encryption_alg: alg });
      const request = await encrypted(await signer.sign(inside(rp, { state: 'sealed' })), alg);
      const back = await rp.signInAndConsent(alice, outside({ request }));
      expect(back.searchParams.get('state')).toBe('sealed');
    });

    it('refuses one that is encrypted otherwise than registered, unsigned inside, or not at all readable', async () => {
      const { rp, signer } = await signing('ES256', { request_object_encryption_alg: 'ECDH-ES' });
      const signed = await signer.sign(inside(rp));
      const good = await encrypted(signed, 'ECDH-ES');
      const requests = [
        await encrypted(signed, 'RSA-OAEP-256'),
        await encrypted('{"state":"x"}', 'ECDH-ES'),
        `${good.slice(0, -4)}AAAA`,
        'a.b.c.d.e',
      ];
      for (const request of requests) {
        const { location } = await rp.authorize({ request, state: 's' });
        expectRedirectError(server, location, 'invalid_request_object', 's');
      }
    });
  });
});
