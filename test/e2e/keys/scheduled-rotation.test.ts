import { CompactEncrypt, importJWK } from 'jose';
import type { JWK } from 'jose';
import { JwtService, KEY_ALGORITHMS, KeyRotation } from '../../../src/keys/index.js';
import type { KeyAlgorithm } from '../../../src/keys/index.js';
import { aClient, aRelyingParty, headerOf, startServer, tokensOf } from '../../support/index.js';
import type { TestServer } from '../../support/index.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const INTERVAL = 30 * DAY;
/** From publishing until use. */
const LEAD = 330;

describe('Rotation on a schedule (keys.rotationInterval)', () => {
  let server: TestServer;
  let jwt: JwtService;
  let rotation: KeyRotation;

  beforeAll(async () => {
    server = await startServer({ settings: { keys: { rotationInterval: INTERVAL } } });
    jwt = server.get(JwtService);
    rotation = server.get(KeyRotation);
    await server.sql('CREATE TABLE first_keys AS SELECT * FROM gh_key');
  });
  afterAll(() => server.close());

  // Back to the keys of the first start, as if that were now.
  beforeEach(async () => {
    await server.sql('DELETE FROM gh_key');
    await server.sql('INSERT INTO gh_key SELECT * FROM first_keys');
    await server.sql('UPDATE gh_key SET active_from = $1', [server.clock.now()]);
    await jwt.refresh();
  });

  const states = async (alg: KeyAlgorithm) =>
    (await jwt.list()).filter((key) => key.alg === alg).map(({ state }) => state);
  const signer = () => headerOf(jwt.sign({}, { alg: 'ES256', type: 'JWT' })).kid;
  const privateHalves = async () => {
    const rows = await server.sql<{ kid: string }>(
      'SELECT kid FROM gh_key WHERE encrypted_private_key IS NOT NULL',
    );
    return rows.map(({ kid }) => kid);
  };

  it('does nothing before it is time', async () => {
    server.clock.advance(INTERVAL - LEAD - 1);
    await rotation.run();
    expect(await jwt.list()).toHaveLength(KEY_ALGORITHMS.length);
  });

  it('publishes every successor early enough to take over on time', async () => {
    const first = signer();
    server.clock.advance(INTERVAL - LEAD);
    await rotation.run();
    for (const alg of KEY_ALGORITHMS) expect((await states(alg)).at(-1)).toBe('next');
    server.clock.advance(LEAD - 1);
    expect(signer()).toBe(first);
    server.clock.advance(1);
    expect(signer()).not.toBe(first);
    for (const alg of KEY_ALGORITHMS) expect((await states(alg))[0]).toBe('retiring');
  });

  it('makes one successor, however often and by however many it is tried', async () => {
    server.clock.advance(INTERVAL);
    await Promise.all([rotation.run(), rotation.run(), rotation.run()]);
    await rotation.run();
    expect(await jwt.list()).toHaveLength(2 * KEY_ALGORITHMS.length);
    server.clock.advance(LEAD);
    await rotation.run();
    expect(await jwt.list()).toHaveLength(2 * KEY_ALGORITHMS.length);
  });

  it.runIf(process.env.DATABASE_URL)('is done by exactly one of two instances', async () => {
    const settings = { keys: { rotationInterval: INTERVAL } };
    const other = await startServer({ join: server, settings });
    for (const one of [server, other]) one.clock.advance(INTERVAL);
    await Promise.all([rotation.run(), other.get(KeyRotation).run()]);
    await jwt.refresh();
    expect(await jwt.list()).toHaveLength(2 * KEY_ALGORITHMS.length);
    await other.close();
  });

  it('leaves alone what somebody has rotated meanwhile', async () => {
    server.clock.advance(INTERVAL - DAY);
    await jwt.rotate('ES256');
    server.clock.advance(DAY);
    await rotation.run();
    expect(await states('ES256')).toHaveLength(2);
    expect(await states('RS256')).toHaveLength(2);
  });

  it('goes on for ever, and keeps no private half that nothing needs', async () => {
    for (let round = 0; round < 2; round++) {
      server.clock.advance(INTERVAL);
      await rotation.run();
      server.clock.advance(LEAD);
      await rotation.run();
    }
    expect(await jwt.list()).toHaveLength(3 * KEY_ALGORITHMS.length);
    // Of each algorithm the one in use and the one before it, whose tokens may live.
    expect(await privateHalves()).toHaveLength(2 * KEY_ALGORITHMS.length);
    server.clock.advance(2 * DAY);
    await rotation.run();
    expect(await privateHalves()).toHaveLength(KEY_ALGORITHMS.length);
  });

  it('is recorded as the server’s own doing', async () => {
    server.clock.advance(INTERVAL);
    await rotation.run();
    const records = await server.sql<{ actor_type: string }>(
      `SELECT * FROM gh_audit WHERE action = 'key.rotated' AND at = $1`,
      [server.clock.now()],
    );
    expect(records).toHaveLength(KEY_ALGORITHMS.length);
    expect(JSON.stringify(records[0])).toContain('server');
  });

  it('still knows its ID tokens as hints when the private half of their key is erased', async () => {
    const old = jwt.sign({ iss: server.issuer, exp: 1 }, { alg: 'RS256', type: 'JWT' });
    server.clock.advance(INTERVAL);
    await rotation.run();
    server.clock.advance(3 * DAY);
    await rotation.run();
    expect(await privateHalves()).not.toContain(headerOf(old).kid);
    expect(await jwt.verify(old, 'JWT', { expired: 'accepted' })).toMatchObject({ exp: 1 });
    expect(await jwt.verify(old, 'JWT')).toBeNull();
  });

  it('reads what was encrypted to the key before for a day after it was published last', async () => {
    const { keys } = (await server.send('/oauth/jwks')).json as { keys: JWK[] };
    const old = keys.find(({ use, kty }) => use === 'enc' && kty === 'RSA')!;
    const jwe = await new CompactEncrypt(Buffer.from('a.b.c'))
      .setProtectedHeader({ alg: 'RSA-OAEP', enc: 'A128GCM', kid: old.kid })
      .encrypt(await importJWK(old, 'RSA-OAEP'));
    server.clock.advance(INTERVAL);
    await rotation.run();
    server.clock.advance(DAY);
    expect((await server.send('/oauth/jwks')).body).not.toContain(old.kid);
    await rotation.run();
    expect(await jwt.decrypt(jwe)).toBe('a.b.c');
    server.clock.advance(DAY);
    await rotation.run();
    expect(await jwt.decrypt(jwe)).toBeNull();
  });

  it('never happens with an interval of 0, but for whoever asks', async () => {
    const still = await startServer({ settings: { keys: { rotationInterval: 0 } } });
    still.clock.advance(100 * INTERVAL);
    await still.get(KeyRotation).run();
    expect(await still.get(JwtService).list()).toHaveLength(KEY_ALGORITHMS.length);
    const machine = aClient().machine().with({ access_token_format: 'jwt' });
    const rp = await aRelyingParty(still, machine);
    expect(headerOf(tokensOf(await rp.clientCredentials()).access_token)['alg']).toBe('ES256');
    await still.close();
  });
});
