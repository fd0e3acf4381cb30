import { generateKeyPairSync } from 'node:crypto';
import { compactDecrypt, jwtVerify } from 'jose';
import {
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  expectOAuthError,
  headerOf,
  sharedServer,
  verifyJwt,
} from '../../support/index.js';

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const JWKS = { keys: [{ ...RSA.publicKey.export({ format: 'jwk' }), kid: 'rsa', use: 'enc' }] };

describe('OpenID Connect Core §5.3.2 the userinfo response', async () => {
  const server = await sharedServer();
  const user = await aUser().with({ name: 'Ada Lovelace', email: 'ada@example.com' }).register(server);
  const metadata = (await server.send('/.well-known/openid-configuration')).json;

  const clientWith = async (registered: object) =>
    (await aRelyingParty(server, aClient().with({ jwks: JWKS, ...registered }))).signIn(user);
  const claimsFor = (clientId: string) => ({
    sub: user.subject,
    email: 'ada@example.com',
    iss: server.issuer,
    aud: clientId,
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'is a JWT signed with %s for who asked for that',
    async (alg) => {
      expect(metadata.userinfo_signing_alg_values_supported).toContain(alg);
      const rp = await clientWith({ userinfo_signed_response_alg: alg });
      const { access_token } = await rp.tokens({ scope: 'openid email', nonce: 'n' });
      const answer = await rp.userinfo(access_token);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('application/jwt');
      expect(answer.headers['cache-control']).toBe('no-store');
      const { payload, protectedHeader } = await verifyJwt(server, answer.body, { audience: rp.client.id });
      expect(protectedHeader).toEqual({ alg, typ: 'JWT', kid: expect.any(String) });
      expect(payload).toEqual(claimsFor(rp.client.id));
    },
  );

  it('oidcc-userinfo-rs256: holds iss and aud, the sub of the ID token, and no nonce', async () => {
    const rp = await clientWith({ userinfo_signed_response_alg: 'RS256' });
    const { access_token, id_token } = await rp.tokens({ nonce: 'n' });
    const told = claimsOf((await rp.userinfo(access_token)).body);
    expect(told).toEqual({ iss: server.issuer, aud: rp.client.id, sub: claimsOf(id_token).sub });
  });

  it('is keyed by the client secret for HS256', async () => {
    const rp = await clientWith({ userinfo_signed_response_alg: 'HS256', readable_secret: true });
    const { body } = await rp.userinfo((await rp.tokens()).access_token);
    const key = Buffer.from(rp.client.secret!);
    const { payload } = await jwtVerify(body, key, { issuer: server.issuer, audience: rp.client.id });
    expect(payload.sub).toBe(user.subject);
  });

  it('is signed, then encrypted', async () => {
    const registered = {
      userinfo_signed_response_alg: 'ES256',
      userinfo_encrypted_response_alg: 'RSA-OAEP-256',
      userinfo_encrypted_response_enc: 'A256GCM',
    };
    const rp = await clientWith(registered);
    const answer = await rp.userinfo((await rp.tokens({ scope: 'openid email' })).access_token);
    expect(answer.headers['content-type']).toBe('application/jwt');
    const expected = { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'rsa', cty: 'JWT' };
    expect(headerOf(answer.body)).toEqual(expected);
    const { plaintext } = await compactDecrypt(answer.body, RSA.privateKey);
    const jws = Buffer.from(plaintext).toString();
    const { payload } = await verifyJwt(server, jws, { audience: rp.client.id });
    expect(payload).toEqual(claimsFor(rp.client.id));
  });

  it('is encrypted alone where nothing is said of signing: plain claims within, A128CBC-HS256 unless told', async () => {
    const rp = await clientWith({ userinfo_encrypted_response_alg: 'RSA-OAEP' });
    const answer = await rp.userinfo((await rp.tokens({ scope: 'openid email' })).access_token);
    expect(answer.headers['content-type']).toBe('application/jwt');
    expect(headerOf(answer.body)).toEqual({ alg: 'RSA-OAEP', enc: 'A128CBC-HS256', kid: 'rsa' });
    const { plaintext } = await compactDecrypt(answer.body, RSA.privateKey);
    const told: unknown = JSON.parse(Buffer.from(plaintext).toString());
    expect(told).toEqual({ sub: user.subject, email: 'ada@example.com' });
  });

  it('is plain JSON for who asked for nothing else, by GET and by POST', async () => {
    const rp = await clientWith({});
    const { access_token } = await rp.tokens();
    for (const request of [{}, { method: 'POST', body: { access_token } }]) {
      const headers = request.body ? {} : { authorization: `Bearer ${access_token}` };
      const answer = await server.send('/oauth/userinfo', { ...request, headers });
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.json).toEqual({ sub: user.subject });
    }
  });

  it('says 503 to a client whose key is missing, and stays JSON for errors', async () => {
    const key = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) };
    const rp = await clientWith({ jwks: { keys: [key] }, userinfo_encrypted_response_alg: 'RSA-OAEP' });
    const { access_token } = await rp.tokens();
    expectOAuthError(await rp.userinfo(access_token), 503, 'temporarily_unavailable');
    expect((await rp.userinfo('unknown')).status).toBe(401);
  });

  it('holds neither null nor an empty text, whatever is stored, also within address', async () => {
    const address = { formatted: '', street_address: '12 St James’s Square', region: null };
    const claims = { name: null, nickname: '', given_name: 'Poor', email: '', address };
    const poor = await aUser().with(claims).register(server);
    const homeless = await aUser()
      .with({ address: { formatted: '' } })
      .register(server);
    const builder = () => aClient().scope('openid profile email address');
    const of = async (who: typeof poor) => {
      const rp = await aRelyingParty(server, builder());
      return (
        await rp.userinfo((await rp.tokens({ scope: 'openid profile email address' }, who)).access_token)
      ).json;
    };
    expect(await of(poor)).toEqual({
      sub: poor.subject,
      preferred_username: poor.username,
      given_name: 'Poor',
      address: { street_address: '12 St James’s Square' },
    });
    expect(await of(homeless)).toEqual({ sub: homeless.subject, preferred_username: homeless.username });
  });

  it('J01 is no ID token: not as a hint, not as a bearer token', async () => {
    const rp = await clientWith({ userinfo_signed_response_alg: 'RS256' });
    const { body } = await rp.userinfo((await rp.tokens()).access_token);
    const page = await rp.authorize({ prompt: 'none', id_token_hint: body });
    expect(page.location?.searchParams.get('error')).toBe('invalid_request');
    expect((await rp.userinfo(body)).status).toBe(401);
    expect(await rp.isAlive(body)).toBe(false);
  });
});
