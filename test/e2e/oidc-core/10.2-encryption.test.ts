import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import type { JWK } from 'jose';
import { JwtService } from '../../../src/keys/index.js';
import {
  aClient,
  aRelyingParty,
  aUser,
  changeClient,
  claimsOf,
  expectOAuthError,
  headerOf,
  sharedServer,
  tokensOf,
  verifyJwt,
} from '../../support/index.js';

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const X25519 = generateKeyPairSync('x25519');
const jwkOf = (key: KeyObject, more: object): JWK => ({ ...key.export({ format: 'jwk' }), ...more });

const JWKS = {
  keys: [jwkOf(RSA.publicKey, { kid: 'rsa', use: 'enc' }), jwkOf(EC.publicKey, { kid: 'ec', use: 'enc' })],
};
const CONTENT = ['A128CBC-HS256', 'A256CBC-HS512', 'A128GCM', 'A256GCM'];

describe('OpenID Connect Core §10.2 encryption to a client', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const metadata = (await server.send('/.well-known/openid-configuration')).json;

  const clientWith = async (registered: object) =>
    (await aRelyingParty(server, aClient().with({ jwks: JWKS, ...registered }))).signIn(user);

  const opened = async (jwe: string, key: KeyObject): Promise<string> =>
    Buffer.from((await compactDecrypt(jwe, key)).plaintext).toString();

  it.each([
    ['RSA-OAEP', 'rsa'],
    ['RSA-OAEP-256', 'rsa'],
    ['ECDH-ES', 'ec'],
    ['ECDH-ES+A128KW', 'ec'],
    ['ECDH-ES+A256KW', 'ec'],
  ])('wraps the key of an ID token by %s', async (alg, kid) => {
    expect(metadata.id_token_encryption_alg_values_supported).toContain(alg);
    const rp = await clientWith({ id_token_encrypted_response_alg: alg });
    const { id_token } = await rp.tokens({ nonce: 'n' });
    expect(headerOf(id_token)).toMatchObject({ alg, enc: 'A128CBC-HS256', cty: 'JWT', kid });
    const jws = await opened(id_token, kid === 'rsa' ? RSA.privateKey : EC.privateKey);
    const { payload } = await verifyJwt(server, jws, { audience: rp.client.id, typ: 'JWT' });
    expect(payload).toMatchObject({ sub: user.subject, nonce: 'n' });
  });

  it.each(CONTENT)('encrypts the content by %s', async (enc) => {
    expect(metadata.id_token_encryption_enc_values_supported).toContain(enc);
    const registered = { id_token_encrypted_response_alg: 'ECDH-ES', id_token_encrypted_response_enc: enc };
    const { id_token } = await (await clientWith(registered)).tokens();
    expect(headerOf(id_token)).toMatchObject({ enc });
    expect(claimsOf(await opened(id_token, EC.privateKey)).sub).toBe(user.subject);
  });

  it('takes a key on X25519, too', async () => {
    const jwks = { keys: [jwkOf(X25519.publicKey, { kid: 'x' })] };
    const rp = await clientWith({ jwks, id_token_encrypted_response_alg: 'ECDH-ES+A256KW' });
    expect(claimsOf(await opened((await rp.tokens()).id_token, X25519.privateKey)).sub).toBe(user.subject);
  });

  it('encrypts what is refreshed, and what is keyed by the secret', async () => {
    const keyed = { id_token_signed_response_alg: 'HS256', readable_secret: true } as const;
    const rp = await clientWith({ ...keyed, id_token_encrypted_response_alg: 'RSA-OAEP-256' });
    const { refresh_token } = await rp.tokens();
    const { id_token } = tokensOf(await rp.refresh(refresh_token));
    expect(headerOf(await opened(id_token, RSA.privateKey))).toEqual({ alg: 'HS256', typ: 'JWT' });
  });

  it('encrypts an ID token in the browser, with its hashes within', async () => {
    const rp = await clientWith({
      ...{ grant_types: ['authorization_code', 'implicit'], response_types: ['code', 'code id_token'] },
      id_token_encrypted_response_alg: 'ECDH-ES',
    });
    const back = await rp.signInAndConsent(undefined, { response_type: 'code id_token', nonce: 'n' });
    const jwe = new URLSearchParams(back.hash.slice(1)).get('id_token')!;
    expect(claimsOf(await opened(jwe, EC.privateKey))).toHaveProperty('c_hash');
  });

  it('tells a client without a key that fits, and burns nothing: 503, the code is still good', async () => {
    const jwks = { keys: [jwkOf(EC.publicKey, { kid: 'ec' })] };
    const rp = await clientWith({ jwks, id_token_encrypted_response_alg: 'RSA-OAEP' });
    const code = await rp.code();
    expectOAuthError(await rp.exchange(code), 503, 'temporarily_unavailable');
    expectOAuthError(await rp.exchange(code), 503, 'temporarily_unavailable');
    await changeClient(server, rp.client, { jwks: JWKS });
    expect(headerOf(tokensOf(await rp.exchange(code)).id_token)).toMatchObject({ alg: 'RSA-OAEP' });
  });

  it.each([
    ['without keys', { id_token_encrypted_response_alg: 'RSA-OAEP', jwks: undefined }],
    ['with an algorithm that is broken', { id_token_encrypted_response_alg: 'RSA1_5' }],
    ['with a content encryption alone', { id_token_encrypted_response_enc: 'A256GCM' }],
  ])('is refused at registration %s', async (_, registered) => {
    const builder = aClient().with({ jwks: JWKS, ...registered });
    await expect(builder.register(server)).rejects.toThrow(/id_token_encrypted|encryption/);
  });

  it('§3.1.2.1 takes an ID token that a client has encrypted to this server as its hint', async () => {
    const rp = await clientWith({ id_token_encrypted_response_alg: 'ECDH-ES' });
    const jws = await opened((await rp.tokens()).id_token, EC.privateKey);
    const { keys } = (await server.send('/oauth/jwks')).json as { keys: JWK[] };
    const ours = keys.find(({ use, kty }) => use === 'enc' && kty === 'EC')!;
    const hint = await new CompactEncrypt(Buffer.from(jws))
      .setProtectedHeader({ alg: 'ECDH-ES+A128KW', enc: 'A128GCM', kid: ours.kid, cty: 'JWT' })
      .encrypt(await importJWK(ours, 'ECDH-ES+A128KW'));
    const page = await rp.authorize({ prompt: 'none', id_token_hint: hint });
    expect(page.location?.searchParams.get('code')).not.toBeNull();
  });
});

describe('RFC 7516 §5.2 what is encrypted to this server', async () => {
  const server = await sharedServer();
  const jwt = server.get(JwtService);
  const { keys } = (await server.send('/oauth/jwks')).json as { keys: JWK[] };
  const ours = (kty: string): JWK => keys.find((key) => key.use === 'enc' && key.kty === kty)!;

  const encrypted = async (content: string, alg: string, header: object = {}): Promise<string> => {
    const jwk = ours(alg.startsWith('RSA') ? 'RSA' : 'EC');
    return new CompactEncrypt(Buffer.from(content))
      .setProtectedHeader({ alg, enc: 'A128CBC-HS256', kid: jwk.kid, ...header })
      .encrypt(await importJWK(jwk, alg));
  };

  it('publishes one RSA and one EC key for it, for every way of wrapping', () => {
    const published = keys.filter(({ use }) => use === 'enc');
    expect(published.map(({ kty }) => kty).sort()).toEqual(['EC', 'RSA']);
    for (const key of published) expect(key).not.toHaveProperty('alg');
  });

  it.each(['RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'])(
    'is read, wrapped by %s',
    async (alg) => {
      expect(await jwt.decrypt(await encrypted('a.b.c', alg))).toBe('a.b.c');
      expect(await jwt.decrypt(await encrypted('a.b.c', alg, { kid: undefined }))).toBe('a.b.c');
    },
  );

  it.each(CONTENT)('is read, encrypted by %s', async (enc) => {
    expect(await jwt.decrypt(await encrypted('a.b.c', 'RSA-OAEP', { enc }))).toBe('a.b.c');
  });

  it.each([
    ['another key', { kid: 'unknown' }],
    ['a content encryption that is not offered', { enc: 'A192GCM' }],
  ])('A14 is refused for %s', async (_, header) => {
    expect(await jwt.decrypt(await encrypted('a.b.c', 'RSA-OAEP', header))).toBeNull();
  });

  it('A14 is refused when it is compressed, however small it looks', async () => {
    const started = performance.now();
    const bomb = await encrypted('0'.repeat(200_000), 'ECDH-ES', { zip: 'DEF' });
    expect(await jwt.decrypt(bomb)).toBeNull();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it.each(['', 'a.b.c', 'a.b.c.d.e', '....', `${'a'.repeat(10_000)}.b.c.d.e`])(
    'is refused for %.12j',
    async (text) => {
      expect(await jwt.decrypt(text)).toBeNull();
    },
  );

  it('is refused with a password, the key of a signature, or a changed byte', async () => {
    const password = await new CompactEncrypt(Buffer.from('x'))
      .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', kid: ours('RSA').kid })
      .encrypt(Buffer.from('password'));
    expect(await jwt.decrypt(password)).toBeNull();
    const signing = keys.find(({ alg }) => alg === 'RS256')!;
    const { alg: _alg, use: _use, key_ops: _ops, ...publicRsa } = signing;
    const toSigner = await new CompactEncrypt(Buffer.from('x'))
      .setProtectedHeader({ alg: 'RSA-OAEP', enc: 'A128GCM', kid: signing.kid })
      .encrypt(await importJWK(publicRsa, 'RSA-OAEP'));
    expect(await jwt.decrypt(toSigner)).toBeNull();
    const good = await encrypted('x', 'RSA-OAEP');
    const parts = good.split('.');
    parts[3] = (parts[3]!.startsWith('A') ? 'B' : 'A') + parts[3]!.slice(1);
    expect(await jwt.decrypt(parts.join('.'))).toBeNull();
  });
});
