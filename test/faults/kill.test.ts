import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { Ledger } from '../support/ledger.js';

const CYCLES = Number(process.env['KILL_CYCLES'] ?? 20);
const WORKERS = 8;

/** F01: what a client was given stays good, whenever the server dies. PostgreSQL only: fsync is the point. */
describe.runIf(process.env['DATABASE_URL'])('F01: kill -9 under load', () => {
  let server: ChildServer;
  let database: pg.Client;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    database = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await database.connect();
  });

  afterAll(async () => {
    await database.end();
    await server?.stop();
  });

  it(`loses no acknowledged token and doubles none, ${CYCLES} times`, { timeout: 300_000 }, async () => {
    const totals = { issued: 0, refreshed: 0, lostAnswers: 0 };
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      server = await start(port);
      const ledger = new Ledger(server.issuer);
      const families = await ledger.openFamilies(WORKERS);
      const load = ledger.load(families);
      await sleep(150 + Math.random() * 500);
      await server.kill();
      await load;
      server = await start(port);
      await ledger.verify(families);
      expect(await forkedFamilies()).toBe(0);
      await server.kill();
      totals.issued += ledger.acknowledged.length;
      totals.refreshed += families.reduce((sum, family) => sum + family.generations, 0);
      totals.lostAnswers += ledger.lostAnswers;
    }
    console.log(`${CYCLES} kills: ${JSON.stringify(totals)}`);
    expect(totals.issued).toBeGreaterThan(CYCLES);
    expect(totals.refreshed).toBeGreaterThan(CYCLES);
  });

  /** Families with more than one refresh token that could still be used. */
  async function forkedFamilies(): Promise<number> {
    const { rows } = await database.query(
      'SELECT 1 FROM gh_refresh_token WHERE consumed_at IS NULL GROUP BY authorization_id HAVING count(*) > 1',
    );
    return rows.length;
  }
});

const start = (port: number): Promise<ChildServer> =>
  startChildServer({
    port,
    config: CONFIG,
    env: { DATABASE_URL: process.env['DATABASE_URL'], GATEHOUSE_REFRESH_TOKEN_GRACE: '600' },
  });

const CONFIG = {
  keyEncryptionKey: Buffer.alloc(32, 7).toString('base64url'),
  scopes: [{ name: 'read', title: 'Read', description: 'Read your data' }],
  clients: [
    {
      client_id: 'machine',
      client_secret: 'machine-secret-of-the-test',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'read',
    },
    {
      client_id: 'web',
      client_secret: 'web-secret-of-the-test',
      redirect_uris: ['http://localhost:1/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'read',
      skip_consent: true,
      require_pkce: false,
    },
  ],
  users: [{ username: 'alice', password: 'a-password-of-the-test', sub: 'alice' }],
};
