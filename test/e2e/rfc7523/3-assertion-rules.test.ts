import { exportSPKI, importJWK } from 'jose';
import type { CryptoKey } from 'jose';
import { numericDate } from '../../../src/common/index.js';
import { PurgeService } from '../../../src/purge/index.js';
import {
  KeyHolder,
  WebHost,
  aClient,
  assertionClaims,
  assertionParameters,
  expectOAuthError,
  sharedServer,
  signedWithSecret,
} from '../../support/index.js';

const server = await sharedServer();
const encode = (part: string | object): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

const present = (assertion: string) =>
  server.send('/oauth/token', {
    method: 'POST',
    body: { grant_type: 'client_credentials', ...assertionParameters(assertion) },
  });

const refuses = async (assertion: string) => {
  const started = performance.now();
  expectOAuthError(await present(assertion), 401, 'invalid_client');
  expect(performance.now() - started).toBeLessThan(1000);
};

describe('RFC 7523 §3 the rules of an assertion', async () => {
  const k1 = new KeyHolder('ES256');
  const { id } = await aClient()
    .machine()
    .with({
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: k1.jwks,
    })
    .register(server);
  const claims = (overrides: object = {}) => assertionClaims(server, id, { ...overrides });
  const now = () => numericDate(server.clock.now());

  beforeEach(async () => {
    expect((await present(await k1.sign(claims()))).status).toBe(200);
  });

  describe('A08 signatures', () => {
    it.each(['none', 'None', 'nOnE'])('refuses alg %s, signed or not', async (alg) => {
      const [, payload, signature] = (await k1.sign(claims())).split('.');
      await refuses(`${encode({ alg })}.${payload}.`);
      await refuses(`${encode({ alg })}.${payload}.${signature}`);
    });

    it('refuses HS256 that is keyed by anything public', async () => {
      const publicKey = await importJWK(k1.jwk, 'ES256', { extractable: true });
      const pem = await exportSPKI(publicKey as CryptoKey);
      for (const secret of [pem, pem.trim(), JSON.stringify(k1.jwk), k1.jwk.x!, id])
        await refuses(await signedWithSecret(claims(), secret));
    });

    it('refuses an algorithm that is not the registered one', async () => {
      const rsa = new KeyHolder('RS256', k1.jwk.kid);
      await refuses(await rsa.sign(claims()));
      const [header, payload, signature] = (await k1.sign(claims())).split('.');
      expect(header).toBeTruthy();
      await refuses(`${encode({ alg: 'RS256', kid: k1.jwk.kid })}.${payload}.${signature}`);
      await refuses(`${encode({ alg: 'EdDSA', kid: k1.jwk.kid })}.${payload}.${signature}`);
    });

    it('refuses RS256 where ES256 is registered, though the client has an RSA key', async () => {
      const rsa = new KeyHolder('RS256');
      const both = await aClient()
        .machine()
        .with({
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'ES256',
          jwks: { keys: [rsa.jwk, k1.jwk] },
        })
        .register(server);
      await refuses(await rsa.sign(assertionClaims(server, both.id)));
      const good = await present(await k1.sign(assertionClaims(server, both.id)));
      expect(good.status).toBe(200);
    });

    it('refuses a key that the header brings along', async () => {
      const attacker = new KeyHolder();
      await refuses(await attacker.sign(claims(), { jwk: attacker.jwk, kid: k1.jwk.kid }));
      await refuses(await attacker.sign(claims(), { jwk: attacker.jwk, kid: undefined }));
    });

    it('refuses a signature that was stripped or changed', async () => {
      const [header, payload, signature] = (await k1.sign(claims())).split('.');
      await refuses(`${header}.${payload}.`);
      await refuses(`${header}.${payload}`);
      await refuses(`${header}.${payload}.${encode('x'.repeat(64))}`);
      await refuses(`${header}.${encode(claims())}.${signature}`);
    });
  });

  describe('A09 keys that the header leads to', () => {
    it('follows no jku and no x5u', async () => {
      const attacker = new KeyHolder();
      const host = (await WebHost.start()).answer('/jwks', { body: attacker.jwks });
      await refuses(await attacker.sign(claims(), { jku: host.url('/jwks') }));
      await refuses(await attacker.sign(claims(), { x5u: host.url('/jwks') }));
      expect(host.connections).toBe(0);
      await host.close();
    });

    it('believes no x5c', async () => {
      const attacker = new KeyHolder();
      await refuses(await attacker.sign(claims(), { x5c: [encode('a certificate')] }));
    });

    it.each(['../../../../dev/null', "' OR 1=1--", 'k'.repeat(30_000), ''])(
      'finds no key named %.30s',
      async (kid) => {
        await refuses(await new KeyHolder().sign(claims(), { kid }));
      },
    );
  });

  describe('A12 claims', () => {
    it.each([
      ['exp past', () => ({ exp: now() - 60 })],
      ['exp 5 minutes past', () => ({ exp: now() - 300 })],
      ['exp missing', () => ({ exp: undefined })],
      ['exp that is text', () => ({ exp: String(now() + 60) })],
      ['exp in ten years', () => ({ exp: now() + 315_360_000 })],
      ['exp in two hours', () => ({ exp: now() + 7200 })],
      ['nbf more than a minute ahead', () => ({ nbf: now() + 61 })],
      ['nbf that is no number', () => ({ nbf: 'now' })],
      ['iat in an hour', () => ({ iat: now() + 3600 })],
      ['iss that is not sub', () => ({ iss: 'https://elsewhere.test' })],
      ['iss missing', () => ({ iss: undefined })],
      ['sub missing', () => ({ sub: undefined })],
      ['sub that is not the client', () => ({ sub: 'somebody-else' })],
      ['jti missing', () => ({ jti: undefined })],
      ['jti empty', () => ({ jti: '' })],
      ['jti that is a number', () => ({ jti: 7 })],
      ['aud missing', () => ({ aud: undefined })],
      ['aud of somebody else', () => ({ aud: 'https://elsewhere.test' })],
      ['aud that starts like ours', () => ({ aud: `${server.issuer}.evil.test` })],
      ['aud of a page of ours', () => ({ aud: `${server.issuer}/login` })],
      ['no aud at all', () => ({ aud: [] })],
      ['aud of ours and of somebody else', () => ({ aud: [server.issuer, 'https://elsewhere.test'] })],
    ])('refuses %s', async (_, change) => {
      await refuses(await k1.sign(claims(change())));
    });

    it.each([
      ['the issuer', () => ({ aud: server.issuer })],
      ['the token endpoint', () => ({ aud: `${server.issuer}/oauth/token` })],
      ['a list with one of them', () => ({ aud: [server.issuer] })],
      ['a list of both', () => ({ aud: [server.issuer, `${server.issuer}/oauth/token`] })],
    ])('takes %s for the audience', async (_, change) => {
      expect((await present(await k1.sign(claims(change())))).status).toBe(200);
    });

    it('bears with clocks that differ by some seconds', async () => {
      expect((await present(await k1.sign(claims({ nbf: now() + 8, iat: now() + 8 })))).status).toBe(200);
      expect((await present(await k1.sign(claims({ exp: now() - 8 })))).status).toBe(200);
    });

    it('takes fractions of a second, and no iat', async () => {
      expect((await present(await k1.sign(claims({ iat: undefined, exp: now() + 59.5 })))).status).toBe(200);
    });
  });

  describe('A13 shapes', () => {
    const badUtf8 = Buffer.concat([Buffer.from('{"sub":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);

    it.each([
      ['a header that is null', `${encode('null')}.${encode({ sub: id })}.AAAA`],
      ['a payload that is null', `${encode({ alg: 'ES256' })}.${encode('null')}.AAAA`],
      ['a payload that is a list', `${encode({ alg: 'ES256' })}.${encode('[]')}.AAAA`],
      ['a payload that is text', `${encode({ alg: 'ES256' })}.${encode('"sub"')}.AAAA`],
      ['two segments', `${encode({ alg: 'ES256' })}.${encode({ sub: id })}`],
      ['four segments', `${encode({ alg: 'ES256' })}.${encode({ sub: id })}.AAAA.AAAA`],
      ['five segments (JWE)', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIiwiemlwIjoiREVGIn0..AAAA.AAAA.AAAA'],
      ['JSON serialization', JSON.stringify({ payload: encode({ sub: id }), signatures: [] })],
      ['no JWT', 'assertion'],
      ['invalid UTF-8', `${encode({ alg: 'ES256' })}.${badUtf8.toString('base64url')}.AAAA`],
      ['alg that is no text', `${encode({ alg: ['ES256'] })}.${encode({ sub: id })}.AAAA`],
      ['kid that is no text', `${encode({ alg: 'ES256', kid: {} })}.${encode({ sub: id })}.AAAA`],
      [
        'p2c that costs',
        `${encode({ alg: 'PBES2-HS256+A128KW', p2c: 2 ** 31 })}.${encode({ sub: id })}.AAAA`,
      ],
    ])('refuses %s', async (_, assertion) => {
      await refuses(assertion);
    });

    it('refuses them well signed, too', async () => {
      await refuses(await k1.sign('null'));
      await refuses(await k1.sign(JSON.stringify([claims()])));
      await refuses(await k1.sign('{'));
    });

    it('refuses crit, known or not', async () => {
      const [, payload, signature] = (await k1.sign(claims())).split('.');
      await refuses(`${encode({ alg: 'ES256', crit: ['exp'], exp: 1 })}.${payload}.${signature}`);
      await refuses(await k1.sign(claims(), { b64: true, crit: ['b64'] }));
    });

    it('refuses a name that comes twice, in the claims and in the header', async () => {
      const json = JSON.stringify(claims());
      await refuses(await k1.sign(`${json.slice(0, -1)},"sub":"${id}"}`));
      await refuses(await k1.sign(`${json.slice(0, -1)},"s\\u0075b":"${id}"}`));
      const nested = JSON.stringify(claims({ extra: { sub: 1, list: [{ a: 1 }, { a: 2 }], text: '"a":1' } }));
      expect((await present(await k1.sign(nested))).status).toBe(200);
    });
  });

  describe('J01 other kinds of JWT', () => {
    it.each(['at+jwt', 'logout+jwt', 'oauth-authz-req+jwt', 'dpop+jwt'])('refuses typ %s', async (typ) => {
      await refuses(await k1.sign(claims(), { typ }));
    });

    it.each(['JWT', 'jwt', 'client-authentication+jwt', 'application/jwt'])('takes typ %s', async (typ) => {
      expect((await present(await k1.sign(claims(), { typ }))).status).toBe(200);
    });
  });

  describe('A14 costs', () => {
    it('does not compute with RSA keys that are too large, nor with huge exponents', async () => {
      const rsa = new KeyHolder('RS256');
      const large = { ...rsa.jwk, n: encode('\x7f'.repeat(2048)) };
      const costly = { ...rsa.jwk, e: rsa.jwk.n };
      for (const key of [large, costly]) {
        const client = await aClient()
          .machine()
          .with({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } })
          .register(server);
        const assertion = await rsa.sign(assertionClaims(server, client.id));
        const started = performance.now();
        expectOAuthError(await present(assertion), 401, 'invalid_client');
        expect(performance.now() - started).toBeLessThan(100);
      }
    });
  });

  describe('single use', () => {
    it('refuses the same jti in another assertion, and takes it from another client', async () => {
      const jti = 'the same';
      expect((await present(await k1.sign(claims({ jti })))).status).toBe(200);
      await refuses(await k1.sign(claims({ jti, exp: now() + 50 })));
      const other = await aClient()
        .machine()
        .with({ token_endpoint_auth_method: 'private_key_jwt', jwks: k1.jwks })
        .register(server);
      expect((await present(await k1.sign(assertionClaims(server, other.id, { jti })))).status).toBe(200);
    });

    it('is not spent by an assertion that is refused', async () => {
      const jti = 'refused first';
      await refuses(await k1.sign(claims({ jti, aud: 'https://elsewhere.test' })));
      await refuses(await new KeyHolder('ES256', k1.jwk.kid).sign(claims({ jti })));
      expect((await present(await k1.sign(claims({ jti })))).status).toBe(200);
    });

    it('is remembered until the assertion has expired, and no longer', async () => {
      const jti = 'purged';
      const assertion = await k1.sign(claims({ jti, exp: now() + 3600 }));
      expect((await present(assertion)).status).toBe(200);
      const rows = async () =>
        (
          await server.sql('SELECT 1 FROM gh_used_assertion WHERE expires_at > $1', [
            new Date((now() + 3000) * 1000),
          ])
        ).length;
      const before = await rows();
      await server.get(PurgeService).run();
      expect(await rows()).toBe(before);
      await refuses(assertion);
      server.clock.advance(3600 + 61);
      await server.get(PurgeService).run();
      expect(await server.sql('SELECT 1 FROM gh_used_assertion')).toEqual([]);
      await refuses(assertion);
    });
  });
});
