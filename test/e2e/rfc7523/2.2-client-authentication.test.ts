import { ClientRefusalsService, ClientsService } from '../../../src/clients/index.js';
import {
  KeyHolder,
  aClient,
  aRelyingParty,
  aUser,
  assertionClaims,
  assertionParameters,
  basic,
  expectOAuthError,
  sharedServer,
  signedWithSecret,
} from '../../support/index.js';
import type { Parameters, TestClient } from '../../support/index.js';

const server = await sharedServer();
const GRANT = { grant_type: 'client_credentials' };

const token = (form: Parameters, authorization?: string) =>
  server.send('/oauth/token', { method: 'POST', body: { ...GRANT, ...form }, headers: { authorization } });

const withKey = (holder: KeyHolder) =>
  aClient().machine().with({ token_endpoint_auth_method: 'private_key_jwt', jwks: holder.jwks });
const withSecret = () =>
  aClient().machine().with({ token_endpoint_auth_method: 'client_secret_jwt', readable_secret: true });

describe('RFC 7523 §2.2 client authentication by JWT', async () => {
  const holder = new KeyHolder();
  const client = await withKey(holder).register(server);
  const keyed = await withSecret().register(server);

  const byKey = async (overrides: object = {}) =>
    assertionParameters(await holder.sign(assertionClaims(server, client.id, { ...overrides })));
  const bySecret = async ({ id, secret }: TestClient = keyed, overrides: object = {}) =>
    assertionParameters(await signedWithSecret(assertionClaims(server, id, { ...overrides }), secret!));

  describe.each([
    ['token', GRANT],
    ['revoke', { token: 'unknown' }],
    ['introspect', { token: 'unknown' }],
  ])('at the %s endpoint', (endpoint, form) => {
    const post = (parameters: Parameters) =>
      server.send(`/oauth/${endpoint}`, { method: 'POST', body: { ...form, ...parameters } });

    it('takes private_key_jwt and client_secret_jwt, with client_id or without', async () => {
      expect((await post(await byKey())).status).toBe(200);
      expect((await post({ ...(await byKey()), client_id: client.id })).status).toBe(200);
      expect((await post(await bySecret())).status).toBe(200);
      expect((await post({ ...(await bySecret()), client_id: keyed.id })).status).toBe(200);
    });

    it('takes the endpoint itself for the audience', async () => {
      expect((await post(await byKey({ aud: `${server.issuer}/oauth/${endpoint}` }))).status).toBe(200);
    });

    it('takes an assertion once', async () => {
      const parameters = await byKey();
      expect((await post(parameters)).status).toBe(200);
      expectOAuthError(await post(parameters), 401, 'invalid_client');
    });
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('takes %s', async (alg) => {
    const other = new KeyHolder(alg);
    const { id } = await withKey(other).with({ token_endpoint_auth_signing_alg: alg }).register(server);
    const assertion = await other.sign(assertionClaims(server, id));
    expect((await token(assertionParameters(assertion))).status).toBe(200);
  });

  it('finds the key among several, with kid and without', async () => {
    const others = [new KeyHolder('RS256'), new KeyHolder(), new KeyHolder('EdDSA'), new KeyHolder()];
    const jwks = { keys: others.map(({ jwk }) => jwk) };
    const { id } = await withKey(holder).with({ jwks }).register(server);
    for (const other of others) {
      const claims = () => assertionClaims(server, id);
      expect((await token(assertionParameters(await other.sign(claims())))).status).toBe(200);
      expect((await token(assertionParameters(await other.sign(claims(), { kid: undefined })))).status).toBe(
        200,
      );
      const misnamed = await other.sign(claims(), { kid: 'unknown' });
      expectOAuthError(await token(assertionParameters(misnamed)), 401, 'invalid_client');
    }
  });

  it('authenticates the code exchange of an application', async () => {
    const party = await aRelyingParty(
      server,
      aClient().with({ token_endpoint_auth_method: 'private_key_jwt', jwks: holder.jwks }),
    );
    const code = await party.code({}, await aUser().register(server));
    const proof = assertionParameters(await holder.sign(assertionClaims(server, party.client.id)));
    const answer = await server.send('/oauth/token', {
      method: 'POST',
      body: {
        ...proof,
        grant_type: 'authorization_code',
        code,
        redirect_uri: party.client.redirectUri,
        code_verifier: party.verifier,
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toHaveProperty('id_token');
  });

  it('takes every readable secret, as long as one is rolled over', async () => {
    const editor = { by: 'test', source: 'operator' } as const;
    const rolled = await withSecret().register(server);
    const { secret } = await server.get(ClientsService).addSecret(rolled.id, 'second', editor);
    for (const one of [rolled.secret!, secret])
      expect((await token(await bySecret({ ...rolled, secret: one }))).status).toBe(200);
  });

  it('can be different at the introspection endpoint', async () => {
    const { id, secret } = await aClient()
      .resourceServer()
      .with({ introspection_endpoint_auth_method: 'private_key_jwt', jwks: holder.jwks })
      .register(server);
    const introspect = (form: Parameters, authorization?: string) =>
      server.send('/oauth/introspect', {
        method: 'POST',
        body: { token: 'unknown', ...form },
        headers: { authorization },
      });
    const proof = assertionParameters(await holder.sign(assertionClaims(server, id)));
    expect((await introspect(proof)).status).toBe(200);
    expectOAuthError(await introspect({}, basic(id, secret!)), 401, 'invalid_client');
    expect((await token({}, basic(id, secret!))).status).toBe(200);
  });

  it('takes an assertion for no other kind of client', async () => {
    const plain = await aClient().machine().register(server);
    expectOAuthError(await token(await bySecret(plain)), 401, 'invalid_client');
    const both = await withKey(holder)
      .with({ client_secret: 'x'.repeat(40) })
      .register(server);
    expectOAuthError(await token(await bySecret(both)), 401, 'invalid_client');
    expectOAuthError(await token({}, basic(both.id, both.secret!)), 401, 'invalid_client');
    expectOAuthError(await token({ client_id: both.id }), 401, 'invalid_client');
  });

  it('tells the owner what was wrong, and the wire nothing', async () => {
    const answer = await token(await byKey({ aud: 'https://elsewhere.test' }));
    expectOAuthError(answer, 401, 'invalid_client');
    expect(answer.json.error_description).toBe('client authentication failed');
    const refusals = await server.get(ClientRefusalsService).list(client.id);
    expect(JSON.stringify(refusals)).toContain('the assertion is meant for another audience');
  });

  it('A01 refuses two methods at once', async () => {
    const basicToo = await token(await byKey(), basic(keyed.id, keyed.secret!));
    expect([400, 401]).toContain(basicToo.status);
    expect(['invalid_request', 'invalid_client']).toContain(basicToo.json.error);
    const secretToo = await token({
      ...(await bySecret()),
      client_id: keyed.id,
      client_secret: keyed.secret,
    });
    expectOAuthError(secretToo, 400, 'invalid_request');
  });

  it('A02 refuses two identities at once', async () => {
    expectOAuthError(await token({ ...(await byKey()), client_id: keyed.id }), 401, 'invalid_client');
    const crossed = await byKey({ iss: keyed.id });
    expectOAuthError(await token(crossed), 401, 'invalid_client');
  });

  it.each([
    ['without a type', { client_assertion_type: undefined }],
    [
      'of an unknown type',
      { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' },
    ],
    ['that is missing', { client_assertion: undefined }],
  ])('refuses an assertion %s', async (_, change) => {
    expectOAuthError(await token({ ...(await byKey()), ...change }), 401, 'invalid_client');
    expectOAuthError(
      await token({ ...(await byKey()), ...change, client_id: client.id }),
      401,
      'invalid_client',
    );
  });
});

describe('RFC 8414 §2 the discovery document', () => {
  it('names the methods and their algorithms, of every endpoint', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    for (const endpoint of ['token', 'introspection', 'revocation']) {
      expect(json[`${endpoint}_endpoint_auth_methods_supported`]).toEqual(
        expect.arrayContaining(['client_secret_jwt', 'private_key_jwt']),
      );
      const algorithms = json[`${endpoint}_endpoint_auth_signing_alg_values_supported`];
      expect(new Set(algorithms)).toEqual(new Set(['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256']));
      expect(algorithms).toHaveLength(5);
    }
  });
});
