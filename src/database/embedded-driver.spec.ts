import { setTimeout as wait } from 'node:timers/promises';
import { EmbeddedPool } from './embedded-driver.js';

describe('EmbeddedPool', () => {
  let pool: EmbeddedPool;

  beforeAll(async () => {
    pool = new EmbeddedPool({ dataDir: '', memory: true }, 500);
    await pool.query('CREATE TABLE things (id int PRIMARY KEY, name text)');
  });

  afterAll(() => pool.end());
  beforeEach(() => pool.query('TRUNCATE things'));

  it('rolls back what a lease left open', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO things VALUES (1)');
    client.release();
    expect(await rows('SELECT * FROM things')).toEqual([]);
  });

  it('rolls back a transaction whose last statement failed', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    const failure = client.query('SELECT $1::int / 0', [1]).finally(() => client.release());
    await expect(failure).rejects.toMatchObject({ code: '22012' });
    expect(await rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('gives the next lease a new client after one was returned as broken', async () => {
    const client = await pool.connect();
    await client.query({ name: 'kept', text: 'SELECT $1::int AS answer', values: [1] });
    await client.query('BEGIN');
    await client.query('INSERT INTO things VALUES (1)');
    client.release(new Error('broken'));
    const next = await pool.connect();
    expect(next).not.toBe(client);
    const { rows: answers } = await next.query({
      name: 'kept',
      text: 'SELECT $1::int AS answer',
      values: [5],
    });
    next.release();
    expect(answers).toEqual([{ answer: 5 }]);
    expect(await rows('SELECT * FROM things')).toEqual([]);
  });

  it('recovers from a connection error and answers the right query', async () => {
    const client = await pool.connect();
    const asked = client.query('SELECT 0 AS v');
    client.connection.emit('error', new Error('wire cut'));
    await expect(asked).rejects.toThrow('wire cut');
    client.release();
    expect(await rows('SELECT 5 AS v')).toEqual([{ v: 5 }]);
  });

  it('refuses a lease that is not free in time, with the likely causes', async () => {
    const client = await pool.connect();
    await expect(pool.connect()).rejects.toThrow(/not free within 500 ms.*bypasses/);
    client.release();
  });

  it('refuses to take one lease back twice', async () => {
    const client = await pool.connect();
    client.release();
    expect(() => client.release()).toThrow('already returned');
  });

  it('leases in the callback form, with release as third argument', async () => {
    const answer = await new Promise((answered) => {
      pool.connect((_error, client, release) => {
        void client!.query('SELECT 7 AS seven').then((result) => {
          release!();
          answered(result.rows);
        });
      });
    });
    expect(answer).toEqual([{ seven: 7 }]);
  });

  it('reports a failed statement to a callback', async () => {
    const code = await new Promise((failed) => {
      void pool.query('SELEC', [], (error) => failed((error as { code?: string }).code));
    });
    expect(code).toBe('42601');
  });

  it('lets timers tick under a busy queue', async () => {
    let busy = true;
    const load = Array.from({ length: 16 }, async () => {
      while (busy) await pool.query({ name: 'tick', text: 'SELECT $1::int', values: [1] });
    });
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 5);
    await wait(300);
    clearInterval(timer);
    busy = false;
    await Promise.all(load);
    expect(ticks).toBeGreaterThan(10);
  });

  it('opens again from its own dump', async () => {
    await pool.query(`INSERT INTO things VALUES (1, 'kept')`);
    const copy = new EmbeddedPool({ dataDir: '', memory: true, snapshot: await pool.dump() });
    const found = await copy.query('SELECT name FROM things');
    await copy.end();
    expect(found?.rows).toEqual([{ name: 'kept' }]);
  });

  async function rows(sql: string): Promise<unknown[]> {
    return (await pool.query(sql))!.rows;
  }
});
