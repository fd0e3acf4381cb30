import { JwtService } from '../../../src/keys/index.js';
import { aClient, aRelyingParty, aUser, headerOf, startServer } from '../../support/index.js';
import type { RelyingParty, TestServer } from '../../support/index.js';
import { runnerOf } from '../cli/command-runner.js';
import { asMachine } from '../management/management-api.js';
import { CachingApi } from './caching-api.js';

/** Seconds. */
const STEP = 10;
const STEPS = 100;
const LIFE = 600;
/** Tokens of one kind that an instance issues in one step. */
const AT_ONCE = 2;
/** So many steps may pass until an instance reads the keys again. */
const READS_EVERY = 3;

interface Issued {
  readonly token: string;
  readonly until: Date;
}

describe('K02, F16 and oidcc-server-rotate-keys: rotation every ten seconds under load', () => {
  let instances: TestServer[];
  let parties: RelyingParty[];

  beforeAll(async () => {
    const settings = { accessToken: { ttl: LIFE }, idToken: { ttl: LIFE } };
    const first = await startServer({ settings });
    // An embedded database has one instance.
    instances = process.env.DATABASE_URL ? [first, await startServer({ settings, join: first })] : [first];
    const user = await aUser().register(first);
    const builder = () =>
      aClient().with({
        access_token_format: 'jwt',
        skip_consent: true,
        id_token_signed_response_alg: 'RS256',
      });
    parties = await Promise.all(
      instances.map(async (server) => (await aRelyingParty(server, builder())).signIn(user)),
    );
  });
  afterAll(async () => {
    for (const server of [...instances].reverse()) await server.close();
  });

  /** Every kind of token at once, by each instance. */
  const issue = async (): Promise<Issued[]> => {
    const until = instances[0]!.clock.in(LIFE);
    const answers = await Promise.all(
      parties.flatMap((rp) => Array.from({ length: AT_ONCE }, () => rp.tokens())),
    );
    return answers.flatMap(({ access_token, id_token }) => [
      { token: access_token, until },
      { token: id_token, until },
    ]);
  };

  it('fails no verification, whatever a relying party has cached and whichever instance it has asked', async () => {
    const [first] = instances;
    const command = runnerOf(instances.at(-1)!);
    const caching = instances.map((server) => new CachingApi(server));
    const issued: Issued[] = [];
    const signers = new Set<string>();
    const made: unknown[] = [];
    let verified = 0;
    for (let step = 0; step < STEPS; step++) {
      const alg = step % 4 < 2 ? 'ES256' : 'RS256';
      const api = await asMachine(first!);
      // By API and by command line at once, which agree.
      const [byApi, byCommand, fresh] = await Promise.all([
        api.post('/api/keys/rotate', { alg }),
        command('keys.rotate', { alg }),
        issue(),
      ]);
      expect(byApi.json.kid).toBe(byCommand[0]!.kid);
      made.push(...[byApi.json, byCommand[0]!].filter((rotation) => rotation.made));
      issued.push(...fresh);
      const now = first!.clock.now();
      const sample = issued.filter(({ until }, index) => until > now && index % 7 === step % 7);
      for (const { token } of [...fresh, ...sample]) {
        for (const rp of [...caching, new CachingApi(instances[step % instances.length]!)]) {
          expect(await rp.accepts(token), `${headerOf(token).kid} at step ${step}`).toBe(true);
          verified++;
        }
        signers.add(headerOf(token).kid!);
      }
      for (const server of instances) server.clock.advance(STEP);
      if (step % READS_EVERY === 0)
        await Promise.all(instances.map((server) => server.get(JwtService).refresh()));
    }
    // Each takes over when its time has come, and not before: so there is one successor every five and a half minutes.
    expect(made.length).toBeGreaterThanOrEqual(4);
    expect(made.length).toBeLessThanOrEqual(8);
    expect(signers.size).toBeGreaterThanOrEqual(5);
    expect(verified).toBeGreaterThan(2000);
  }, 120_000);

  it('leaves one key in use of each algorithm, on every instance the same', async () => {
    const lists = await Promise.all(instances.map((server) => server.get(JwtService).list()));
    const inUse = lists.map((keys) => keys.filter(({ state }) => /ing$/.test(state) && state !== 'retiring'));
    for (const keys of inUse) {
      expect(new Set(keys.map(({ alg }) => alg)).size).toBe(keys.length);
      expect(keys).toEqual(inUse[0]);
    }
  });
});
