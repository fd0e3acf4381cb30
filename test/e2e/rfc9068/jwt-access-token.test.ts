import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import {
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  headerOf,
  sharedServer,
  verifyJwt,
} from '../../support/index.js';

const server = await sharedServer();
const user = await aUser().register(server);
const rp = await (await aRelyingParty(server, aClient().with({ access_token_format: 'jwt' }))).signIn(user);
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('RFC 9068 §2 JWT access token', () => {
  it('says who may do what, where and how long', async () => {
    const { access_token } = await rp.tokens({ scope: 'openid read' });
    const { payload, protectedHeader } = await verifyJwt(server, access_token, {
      audience: server.issuer,
      typ: 'at+jwt',
    });
    const now = Math.floor(server.clock.now().getTime() / 1000);
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) });
    expect(payload).toMatchObject({
      iss: server.issuer,
      sub: user.subject,
      aud: server.issuer,
      client_id: rp.client.id,
      scope: 'openid read',
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
      iat: now,
      exp: now + 3600,
      auth_time: expect.any(Number),
    });
  });

  it('§2.2 names the client as subject when it acts for itself', async () => {
    const machine = await aRelyingParty(server, aClient().machine().with({ access_token_format: 'jwt' }));
    const { access_token } = (await machine.clientCredentials()).json;
    expect(claimsOf(access_token)).toMatchObject({ sub: machine.client.id, client_id: machine.client.id });
    expect((await rp.userinfo(access_token)).status).toBe(403);
  });

  it('holds nothing about the person', async () => {
    const { access_token } = await rp.tokens({ scope: 'openid profile email' });
    for (const claim of ['name', 'email', 'preferred_username']) {
      expect(claimsOf(access_token)).not.toHaveProperty(claim);
    }
  });

  it('never has the same jti twice', async () => {
    const ids = [await rp.tokens(), await rp.tokens()].map(({ access_token }) => claimsOf(access_token).jti);
    expect(ids[0]).not.toBe(ids[1]);
  });
});

describe('J02 a forged JWT access token is refused everywhere', async () => {
  const { access_token } = await rp.tokens();
  const [, payload, signature] = access_token.split('.') as [string, string, string];
  const header = headerOf(access_token);
  const { keys } = (await server.send('/oauth/jwks')).json as {
    keys: (JsonWebKey & { kid: string; alg: string })[];
  };
  const jwk = keys.find((key) => key.kid === header.kid)!;
  const pem = createPublicKey({ key: jwk, format: 'jwk' });
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  const hmac = (head: object, key: string | Buffer) => {
    const input = `${base64url(head)}.${payload}`;
    return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
  };
  const signed = (head: object, claims: object, key: KeyObject = stranger.privateKey) => {
    const input = `${base64url(head)}.${base64url(claims)}`;
    return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };
  const changed = (changes: object) =>
    `${base64url(header)}.${base64url({ ...claimsOf(access_token), ...changes })}`;
  const der = pem.export({ format: 'der', type: 'spki' });

  it.each([
    ['alg none', `${base64url({ ...header, alg: 'none' })}.${payload}.`],
    ['alg nOnE', `${base64url({ ...header, alg: 'nOnE' })}.${payload}.`],
    ['no signature', `${base64url(header)}.${payload}.`],
    [
      'another signature',
      `${base64url(header)}.${payload}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
    ],
    [
      'HS256 with the public key in PEM',
      hmac({ ...header, alg: 'HS256' }, pem.export({ format: 'pem', type: 'spki' })),
    ],
    ['HS256 with the public key in DER', hmac({ ...header, alg: 'HS256' }, der)],
    ['HS256 with the public key as JWK', hmac({ ...header, alg: 'HS256' }, JSON.stringify(jwk))],
    ['HS256 with the x coordinate', hmac({ ...header, alg: 'HS256' }, Buffer.from(jwk.x!, 'base64url'))],
    ['a key of its own', signed(header, claimsOf(access_token))],
    [
      'a key in its header',
      signed({ ...header, jwk: stranger.publicKey.export({ format: 'jwk' }) }, claimsOf(access_token)),
    ],
    ['a key at an address', signed({ ...header, jku: 'http://127.0.0.1:9/jwks' }, claimsOf(access_token))],
    ['an unknown kid', signed({ ...header, kid: '../../../dev/null' }, claimsOf(access_token))],
    ['no kid', signed({ alg: 'ES256', typ: 'at+jwt' }, claimsOf(access_token))],
    ['another subject', `${changed({ sub: 'somebody' })}.${signature}`],
    ['a later end', `${changed({ exp: 9_999_999_999 })}.${signature}`],
    ['another type', `${base64url({ ...header, typ: 'JWT' })}.${payload}.${signature}`],
    ['unknown crit', `${base64url({ ...header, crit: ['x'], x: 1 })}.${payload}.${signature}`],
    ['two segments', `${base64url(header)}.${payload}`],
    ['four segments', `${access_token}.x`],
    ['a null header', `${Buffer.from('null').toString('base64url')}.${payload}.${signature}`],
    ['whitespace inside', access_token.replace('.', '. ')],
  ])('%s', async (_, token) => {
    expect((await rp.userinfo(token)).status).toBe(401);
    const api = await server.send('/api/me', { headers: { authorization: `Bearer ${token}` } });
    expect(api.status).toBe(401);
    expect((await rp.introspect(token)).body).toBe('{"active":false}');
    expect((await rp.revoke(token)).status).toBe(200);
    expect((await rp.userinfo(access_token)).status).toBe(200);
  });
});

describe('RFC 9068 §4 a JWT access token', () => {
  it('ends with its time', async () => {
    const { access_token } = await rp.tokens();
    server.clock.advance(3_599);
    expect((await rp.userinfo(access_token)).status).toBe(200);
    server.clock.advance(1);
    expect((await rp.userinfo(access_token)).status).toBe(401);
  });
});
