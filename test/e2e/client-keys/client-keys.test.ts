import { generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { JWK } from 'jose';
import { ClientKeys } from '../../../src/client-keys/index.js';
import { ClientsService } from '../../../src/clients/index.js';
import type { ManagedClientMetadata } from '../../../src/clients/index.js';
import {
  KeyHolder,
  WebHost,
  aClient,
  assertionClaims,
  assertionParameters,
  startServer,
} from '../../support/index.js';
import type { TestServer } from '../../support/index.js';

describe('the keys of clients', () => {
  let host: WebHost;
  let server: TestServer;
  beforeAll(async () => {
    host = await WebHost.start();
    server = await startServer({ settings: { fetching: { allowedHosts: [host.name], timeout: 1 } } });
  });
  afterAll(async () => {
    await server.close();
    await host.close();
  });

  let path: string;
  let holder: KeyHolder;
  let clientId: string;
  beforeEach(async () => {
    path = `/keys/${crypto.randomUUID()}`;
    holder = new KeyHolder();
    host.answer(path, { body: holder.jwks });
    clientId = await register({ jwks_uri: host.url(path) });
  });

  const register = async (metadata: ManagedClientMetadata) => {
    const builder = aClient().machine().with({ token_endpoint_auth_method: 'private_key_jwt' });
    return (await builder.with(metadata).register(server)).id;
  };
  const present = async (by: KeyHolder = holder, id = clientId): Promise<number> => {
    const proof = assertionParameters(await by.sign(assertionClaims(server, id)));
    const body = { grant_type: 'client_credentials', ...proof };
    return (await server.send('/oauth/token', { method: 'POST', body })).status;
  };
  const fetches = () => host.requestsFor(path).length;

  it('oidcc-registration-jwks-uri: are fetched from jwks_uri, once', async () => {
    expect(await Promise.all([present(), present(), present()])).toEqual([200, 200, 200]);
    expect(await present()).toBe(200);
    expect(fetches()).toBe(1);
    expect(host.requestsFor(path)[0]!.headers.accept).toContain('application/jwk-set+json');
  });

  it('oidcc-refresh-token-rp-key-rotation: a new key is known within seconds, and the old one gone', async () => {
    expect(await present()).toBe(200);
    const next = new KeyHolder();
    host.answer(path, { body: next.jwks });
    server.clock.advance(11);
    expect(await present(next)).toBe(200);
    expect(await present(holder)).toBe(401);
    expect(fetches()).toBe(2);
  });

  it('knows a key that was exchanged under its old name, or has none', async () => {
    expect(await present()).toBe(200);
    const next = new KeyHolder('ES256', holder.jwk.kid);
    host.answer(path, { body: next.jwks });
    server.clock.advance(11);
    expect(await present(next)).toBe(200);
  });

  it('A09 unknown keys cause one fetch in ten seconds, however many come', async () => {
    expect(await present()).toBe(200);
    server.clock.advance(11);
    const strangers = Array.from({ length: 20 }, () => present(new KeyHolder()));
    expect(new Set(await Promise.all(strangers))).toEqual(new Set([401]));
    expect(await present(new KeyHolder())).toBe(401);
    expect(fetches()).toBe(2);
    server.clock.advance(9);
    expect(await present(new KeyHolder())).toBe(401);
    expect(fetches()).toBe(2);
    expect(await present()).toBe(200);
  });

  it.each([
    ['say nothing', {}, 300],
    ['say for how long', { 'cache-control': 'public, max-age=900' }, 900],
    ['say for too short', { 'cache-control': 'max-age=0' }, 30],
    ['say for too long', { 'cache-control': 'max-age=31536000' }, 3600],
    ['say not at all', { 'cache-control': 'no-store, max-age=900' }, 30],
  ])('are kept when they %s, within limits', async (_, headers, seconds) => {
    host.answer(path, { body: holder.jwks, headers });
    expect(await present()).toBe(200);
    server.clock.advance(seconds - 1);
    expect(await present()).toBe(200);
    expect(fetches()).toBe(1);
    server.clock.advance(2);
    expect(await present()).toBe(200);
    expect(fetches()).toBe(2);
  });

  it('a key that was withdrawn is refused once they are read again', async () => {
    expect(await present()).toBe(200);
    host.answer(path, { body: new KeyHolder().jwks });
    server.clock.advance(301);
    expect(await present()).toBe(401);
  });

  it('outlive a failing jwks_uri for an hour', async () => {
    expect(await present()).toBe(200);
    host.answer(path, { status: 503 });
    server.clock.advance(301);
    expect(await present()).toBe(200);
    expect(await present()).toBe(200);
    expect(fetches()).toBe(2);
    server.clock.advance(3600);
    expect(await present()).toBe(401);
    host.answer(path, { body: holder.jwks });
    server.clock.advance(11);
    expect(await present()).toBe(200);
  });

  it.each([
    ['no JSON', { body: '<html>' }],
    ['no JWK Set', { body: { keys: 'none' } }],
    ['a list', { body: [] }],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }],
    ['too much', { body: ' '.repeat(70_000) }],
  ])('D03 are none where the answer is %s, and nothing breaks', async (_, answer) => {
    host.answer(path, answer);
    expect(await present()).toBe(401);
    expect(fetches()).toBe(1);
    expect(host.requestsFor('/elsewhere')).toEqual([]);
  });

  it('skips keys that it does not understand, and private ones', async () => {
    const { d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    const leaked = new KeyHolder();
    const strange = [
      null,
      7,
      {},
      { kty: 'EC', crv: 'P-256', x: '!', y: '' },
      { kty: 'AKP' },
      { ...holder.jwk, key_ops: 7, kid: {} },
    ];
    host.answer(path, { body: { keys: [...strange, { ...leaked.jwk, d }, holder.jwk] } });
    expect(await present()).toBe(200);
    expect(await present(leaked)).toBe(401);
  });

  it('skips keys that are for something else', async () => {
    for (const other of [{ use: 'enc' }, { alg: 'ES384' }, { key_ops: ['sign'] }]) {
      const id = await register({ jwks: { keys: [{ ...holder.jwk, ...other }] } });
      expect(await present(holder, id)).toBe(401);
    }
    const meant = { use: 'sig', alg: 'ES256', key_ops: ['verify'] };
    expect(await present(holder, await register({ jwks: { keys: [{ ...holder.jwk, ...meant }] } }))).toBe(
      200,
    );
  });

  it.each([
    ['http:', 'http://192.0.2.1/keys'],
    ['loopback', 'https://127.0.0.1:1/keys'],
    ['the metadata service of a cloud', 'https://169.254.169.254/latest/meta-data/'],
    ['IPv6 loopback', 'https://[::1]/keys'],
    ['IPv4-mapped', 'https://[::ffff:7f00:1]/keys'],
    ['a decimal address', 'https://2130706433/keys'],
    ['file:', 'file:///etc/passwd'],
    ['javascript:', 'javascript:alert(1)'],
  ])('D02, D03 a jwks_uri of %s is refused, or leads nowhere', async (_, jwks_uri) => {
    const id = await register({ jwks_uri }).catch(() => null);
    if (id === null) return;
    const started = performance.now();
    expect(await present(holder, id)).toBe(401);
    expect(performance.now() - started).toBeLessThan(900);
  });

  it('are those of the new jwks_uri as soon as it is changed', async () => {
    expect(await present()).toBe(200);
    const next = new KeyHolder();
    host.answer(`${path}/next`, { body: next.jwks });
    const clients = server.get(ClientsService);
    const metadata = {
      ...{ token_endpoint_auth_method: 'private_key_jwt', jwks_uri: host.url(`${path}/next`) },
      ...{ grant_types: ['client_credentials'], response_types: [] },
    };
    await clients.update(clientId, metadata, { by: 'test', source: 'operator' });
    expect(await present(next)).toBe(200);
    expect(await present(holder)).toBe(401);
  });

  describe('to encrypt to (OpenID Connect Core §10.2)', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const okp = generateKeyPairSync('x25519');
    const jwkOf = ({ publicKey }: typeof rsa, extra: object) => ({
      ...publicKey.export({ format: 'jwk' }),
      ...extra,
    });
    const find = async (keys: JWK[], alg: string) => {
      const id = await register({ jwks: { keys: [{ ...holder.jwk, use: 'sig' }, ...keys] } });
      return server.get(ClientKeys).encryptionKey(await server.get(ClientsService).get(id), alg);
    };

    it.each([
      ['RSA-OAEP', rsa],
      ['RSA-OAEP-256', rsa],
      ['ECDH-ES', ec],
      ['ECDH-ES+A128KW', ec],
      ['ECDH-ES+A256KW', okp],
    ])('fit %s', async (alg, pair) => {
      const found = await find([jwkOf(pair, { use: 'enc', kid: 'mine' })], alg);
      expect(found!.kid).toBe('mine');
      const header = { alg, enc: 'A256GCM' };
      const jwe = await new CompactEncrypt(Buffer.from('text'))
        .setProtectedHeader(header)
        .encrypt(found!.key);
      expect(Buffer.from((await compactDecrypt(jwe, pair.privateKey)).plaintext).toString()).toBe('text');
    });

    it('are those that say so, before those that do not', async () => {
      const keys = [jwkOf(rsa, { kid: 'any' }), jwkOf(rsa, { use: 'enc', kid: 'enc' })];
      expect((await find(keys, 'RSA-OAEP'))!.kid).toBe('enc');
      expect((await find(keys.slice(0, 1), 'RSA-OAEP'))!.kid).toBe('any');
    });

    it('are none for signatures, other algorithms or other kinds', async () => {
      expect(await find([jwkOf(rsa, { use: 'sig' })], 'RSA-OAEP')).toBeNull();
      expect(await find([jwkOf(rsa, { alg: 'RSA-OAEP-256' })], 'RSA-OAEP')).toBeNull();
      expect(await find([jwkOf(ec, {})], 'RSA-OAEP')).toBeNull();
      expect(await find([jwkOf(rsa, {})], 'ECDH-ES')).toBeNull();
    });

    it('are looked for again at jwks_uri', async () => {
      const client = await server.get(ClientsService).get(clientId);
      expect(await server.get(ClientKeys).encryptionKey(client, 'RSA-OAEP')).toBeNull();
      host.answer(path, { body: { keys: [holder.jwk, jwkOf(rsa, { kid: 'new' })] } });
      server.clock.advance(11);
      expect((await server.get(ClientKeys).encryptionKey(client, 'RSA-OAEP'))!.kid).toBe('new');
    });
  });
});
