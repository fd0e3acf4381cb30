import type { JSONWebKeySet } from 'jose';
import { JwtService } from '../../../src/keys/index.js';
import type { KeyDescription } from '../../../src/keys/index.js';
import { aClient, aRelyingParty, headerOf, startServer, tokensOf } from '../../support/index.js';
import type { TestServer } from '../../support/index.js';
import { CachingApi } from './caching-api.js';

const LIFE = 3600;
const MINUTES = 60;

describe('OpenID Connect Core §10.1.1: rotation of signing keys', () => {
  let server: TestServer;
  let jwt: JwtService;
  let token: () => Promise<string>;
  let states: () => Promise<KeyDescription[]>;

  beforeAll(async () => {
    server = await startServer({ settings: { accessToken: { ttl: LIFE } } });
    jwt = server.get(JwtService);
    const rp = await aRelyingParty(server, aClient().machine().with({ access_token_format: 'jwt' }));
    token = async () => tokensOf(await rp.clientCredentials()).access_token;
    states = async () => (await jwt.list()).filter(({ alg }) => alg === 'ES256');
  });

  // Back to the first key of each algorithm.
  beforeEach(async () => {
    await server.sql(`DELETE FROM gh_key WHERE kid NOT IN
      (SELECT DISTINCT ON (alg) kid FROM gh_key ORDER BY alg, active_from)`);
    await server.sql('UPDATE gh_key SET published_until = NULL');
    await jwt.refresh();
  });

  afterAll(() => server.close());

  it('accepts every token for its whole life, before, during and after, whatever an API has cached', async () => {
    const early = new CachingApi(server);
    expect(await early.accepts(await token())).toBe(true);
    const { kid } = await jwt.rotate('ES256');
    const tokens: { jwt: string; expires: Date }[] = [];
    const signers = new Set<string>();
    for (let minute = 0; minute < 150; minute += 4) {
      // One API asks now for the first time, the other keeps what it has for as long as it may.
      const fresh = new CachingApi(server);
      if (minute < 70) tokens.push({ jwt: await token(), expires: server.clock.in(LIFE) });
      for (const { jwt, expires } of tokens) {
        const isAlive = server.clock.now() < expires;
        expect([await early.accepts(jwt), await fresh.accepts(jwt)]).toEqual([isAlive, isAlive]);
      }
      signers.add(headerOf(tokens.at(-1)!.jwt).kid!);
      server.clock.advance(4 * MINUTES);
    }
    expect([...signers].at(-1)).toBe(kid);
    expect(signers.size).toBe(2);
  });

  it('publishes the next key at once, and does not sign with it before every cache has it', async () => {
    const old = headerOf(await token()).kid;
    const { kid, activeFrom, made } = await jwt.rotate('ES256');
    expect(made).toBe(true);
    const published = (await server.send('/oauth/jwks')).json as JSONWebKeySet;
    expect(published.keys.map((key) => key.kid)).toContain(kid);
    server.clock.set(new Date(activeFrom.getTime() - 1));
    expect(headerOf(await token()).kid).toBe(old);
    server.clock.set(activeFrom);
    expect(headerOf(await token()).kid).toBe(kid);
  });

  it('takes the old key back when its last token has expired, and trusts it no longer itself', async () => {
    const old = headerOf(await token()).kid;
    // As whoever got hold of the old key could make one: good for ever.
    const claims = { iss: server.issuer, exp: 4_102_444_800 };
    const forged = jwt.sign(claims, { alg: 'ES256', type: 'at+jwt' });
    expect(await jwt.verify(forged, 'at+jwt')).toEqual(claims);
    const { kid } = await jwt.rotate('ES256');
    const { publishedUntil } = (await states())[0]!;
    server.clock.set(publishedUntil!);
    expect(await jwt.verify(forged, 'at+jwt')).toBeNull();
    const { keys } = (await server.send('/oauth/jwks')).json as JSONWebKeySet;
    expect(keys.filter(({ alg }) => alg === 'ES256').map((key) => key.kid)).toEqual([kid]);
    expect((await states()).map(({ kid, state }) => [kid, state])).toEqual([
      [old, 'retired'],
      [kid, 'signing'],
    ]);
  });

  it.each(['resource', 'scope', 'client'])(
    'counts the longer life that a %s gives its tokens',
    async (who) => {
      const ttl = 50 * LIFE;
      const set = {
        resource: `UPDATE gh_resource SET access_token_ttl = ${ttl}`,
        scope: `UPDATE gh_scope SET access_token_ttl = ${ttl} WHERE name = 'read'`,
        client: `UPDATE gh_client SET access_token_ttl = ${ttl}`,
      }[who]!;
      await server.sql(set);
      const { activeFrom } = await jwt.rotate('ES256');
      const [old] = await states();
      expect(old!.publishedUntil!.getTime()).toBeGreaterThan(activeFrom.getTime() + ttl * 1000);
      await server.sql(set.replace(String(ttl), 'NULL'));
    },
  );

  it('does not double a next key that waits already', async () => {
    const first = await jwt.rotate('ES256');
    const second = await jwt.rotate('ES256');
    expect(second).toEqual({ ...first, made: false });
    expect(await states()).toHaveLength(2);
  });

  it('leaves one consistent set when several rotate at once', async () => {
    const rotations = await Promise.all([1, 2, 3, 4].map(() => jwt.rotate('ES256')));
    expect(rotations.filter(({ made }) => made)).toHaveLength(1);
    expect(new Set(rotations.map(({ kid }) => kid)).size).toBe(1);
    expect((await states()).map(({ state }) => state)).toEqual(['signing', 'next']);
  });

  it('signs at once in an emergency: with the next key when there is one', async () => {
    const { kid } = await jwt.rotate('ES256');
    const before = await token();
    const emergency = await jwt.rotate('ES256', { immediately: true });
    expect(emergency).toMatchObject({ kid, made: false });
    expect(headerOf(await token()).kid).toBe(kid);
    expect(await new CachingApi(server).accepts(before)).toBe(true);
    server.clock.advance(1);
    const another = await jwt.rotate('ES256', { immediately: true });
    expect(another.made).toBe(true);
    expect(headerOf(await token()).kid).toBe(another.kid);
    expect((await states()).map(({ state }) => state)).toEqual(['retiring', 'retiring', 'signing']);
  });

  it('has one signing key even when two emergencies fall into one millisecond', async () => {
    const rotations = await Promise.all([1, 2].map(() => jwt.rotate('ES256', { immediately: true })));
    expect(rotations.every(({ made }) => made)).toBe(true);
    const now = await states();
    const signing = now.filter(({ state }) => state === 'signing');
    expect(signing.map(({ publishedUntil }) => publishedUntil)).toEqual([null]);
    expect(headerOf(await token()).kid).toBe(signing[0]!.kid);
  });

  it('leaves the keys of the other algorithm alone', async () => {
    const others = async () => (await jwt.list()).filter(({ alg }) => alg === 'RS256');
    const before = await others();
    await jwt.rotate('ES256');
    expect(await others()).toEqual(before);
    expect(await jwt.rotate('RS256')).toMatchObject({ alg: 'RS256', made: true });
  });

  it.runIf(process.env.DATABASE_URL)('two instances that rotate at once agree on the set', async () => {
    const other = await startServer({ join: server });
    const [one, two] = await Promise.all([jwt.rotate('ES256'), other.get(JwtService).rotate('ES256')]);
    expect(one.kid).toBe(two.kid);
    expect([one.made, two.made].sort()).toEqual([false, true]);
    await jwt.refresh();
    expect((await other.send('/oauth/jwks')).json).toEqual((await server.send('/oauth/jwks')).json);
    await other.close();
  });
});
