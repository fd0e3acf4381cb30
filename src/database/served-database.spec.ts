import { createServer, connect as dial, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, type DatabaseOptions } from './data-source-options.js';
import { Database } from './database.js';
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../common/index.js';
import { migrate } from './migrator.js';
import { prepared } from './prepared-statement.js';

class CreateLedger1700000000001 {
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('SELECT pg_sleep(0.2)');
    await runner.query('CREATE TABLE ledger (id int PRIMARY KEY)');
  }
  async down(): Promise<void> {}
}

class FillLedger1700000000002 {
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('INSERT INTO ledger VALUES (1)');
  }
  async down(): Promise<void> {}
}

const RELEASED = [CreateLedger1700000000001, FillLedger1700000000002];

describe.runIf(process.env.DATABASE_URL)('a served database', () => {
  const name = `gatehouse_spec_${process.pid}`;
  const url = new URL(process.env.DATABASE_URL ?? 'postgres://localhost');
  const backend = prepared('SELECT pg_backend_pid() AS pid');

  beforeAll(async () => {
    await administer(`CREATE DATABASE ${name}`);
    url.pathname = `/${name}`;
  });
  afterAll(() => administer(`DROP DATABASE ${name} WITH (FORCE)`));

  it('is migrated exactly once by five that start together', async () => {
    const starters = await Promise.all([1, 2, 3, 4, 5].map(() => open()));
    await Promise.all(starters.map((dataSource) => migrate(dataSource, { served: true })));
    expect(await starters[0]?.query('SELECT name FROM gatehouse_migrations ORDER BY id')).toEqual([
      { name: 'CreateLedger1700000000001' },
      { name: 'FillLedger1700000000002' },
    ]);
    await Promise.all(starters.map((dataSource) => dataSource.destroy()));
  });

  it('scans a small table without compiling the statement first', async () => {
    const dataSource = await open();
    await dataSource.query('CREATE TABLE small AS SELECT 1 AS one');
    const plan = await dataSource.query<object[]>('EXPLAIN (ANALYZE) SELECT count(*) FROM small');
    expect(JSON.stringify(plan)).not.toContain('JIT');
    await dataSource.destroy();
  });

  it('refuses a release that does not know its migrations', async () => {
    const older = await open({}, [CreateLedger1700000000001]);
    await expect(migrate(older, { served: true })).rejects.toThrow(/newer release \(FillLedger1700000000002/);
    await older.destroy();
  });

  it('limits statements, and keeps the connection that hit the limit', async () => {
    const dataSource = await open({ poolSize: 1 });
    const database = new Database(dataSource);
    const [before] = await database.run(backend, []);
    await expect(database.run(prepared('SELECT pg_sleep(10)'), [])).rejects.toThrow(DatabaseUnavailableError);
    expect(await database.run(backend, [])).toEqual([before]);
    await expect(database.run(prepared('SELECT 1 / 0'), [])).rejects.toMatchObject({ code: '22012' });
    expect(await database.run(backend, [])).toEqual([before]);
    await dataSource.destroy();
  });

  it('announces itself as gatehouse, with its limits', async () => {
    const dataSource = await open();
    const [row] = await dataSource.query(
      `SELECT current_setting('application_name') AS name, current_setting('statement_timeout') AS statement,
              current_setting('lock_timeout') AS lock`,
    );
    expect(row).toEqual({ name: 'gatehouse', statement: '3s', lock: '2s' });
    await dataSource.destroy();
  });

  it('survives the loss of every connection, idle and busy', async () => {
    const dataSource = await open();
    const database = new Database(dataSource);
    const busy = database.run(prepared('SELECT pg_sleep(2)'), []).catch((error: unknown) => error);
    await wait(50);
    // What comes later does not wait for a slow statement, although both only read.
    await database.run(backend, []);
    await administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    expect(await busy).toBeInstanceOf(DatabaseUnavailableError);
    expect(await database.run(backend, [])).toHaveLength(1);
    await dataSource.destroy();
  });

  it('gives up a connection whose server became read-only, through TypeORM too', async () => {
    const dataSource = await open({ poolSize: 1 });
    const [before] = await dataSource.query(backend.text);
    await dataSource.query('SET default_transaction_read_only = on');
    const refused = dataSource.query('CREATE TABLE too_late ()').catch((error: unknown) => error);
    expect(isDatabaseUnavailable(await refused)).toBe(true);
    expect(await dataSource.query(backend.text)).not.toEqual([before]);
    await dataSource.destroy();
  });

  it('says unavailable when the pool is exhausted', async () => {
    const dataSource = await open({ poolSize: 1 });
    const holder = dataSource.createQueryRunner();
    await holder.connect();
    await expect(new Database(dataSource).run(backend, [])).rejects.toThrow(DatabaseUnavailableError);
    await holder.release();
    await dataSource.destroy();
  });

  it('gives up a server that falls silent, and works again once it answers', async () => {
    const proxy = await SilenceableProxy.listen(url);
    const dataSource = await open({ poolSize: 1, url: proxy.url(url) });
    proxy.silent = true;
    await expect(new Database(dataSource).run(backend, [])).rejects.toThrow(DatabaseUnavailableError);
    proxy.silent = false;
    expect(await new Database(dataSource).run(backend, [])).toHaveLength(1);
    await dataSource.destroy();
    proxy.close();
  });

  it('says unavailable when nobody listens', async () => {
    const closed = new DataSource(dataSourceOptions({ dataDir: '', url: 'postgres://127.0.0.1:1/none' }));
    expect(isDatabaseUnavailable(await closed.initialize().catch((error: unknown) => error))).toBe(true);
  });

  function open(special: Partial<DatabaseOptions> = {}, migrations = RELEASED): Promise<DataSource> {
    const options = dataSourceOptions({ dataDir: '', url: url.href, ...special });
    return new DataSource({ ...options, migrations }).initialize();
  }
});

async function administer(sql: string): Promise<void> {
  const client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A TCP proxy that can swallow everything, as a network partition does. */
class SilenceableProxy {
  silent = false;
  private readonly sockets: Socket[] = [];
  private server: Server;

  static async listen(target: URL): Promise<SilenceableProxy> {
    const proxy = new SilenceableProxy();
    proxy.server = createServer((near) =>
      proxy.join(near, dial(Number(target.port || 5432), target.hostname)),
    );
    await new Promise<void>((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  url(target: URL): string {
    const url = new URL(target.href);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.href;
  }

  close(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }

  private join(near: Socket, far: Socket): void {
    this.sockets.push(near, far);
    near.on('error', () => undefined).on('data', (data) => this.silent || far.write(data));
    far.on('error', () => undefined).on('data', (data) => this.silent || near.write(data));
    near.on('close', () => far.destroy());
  }
}
