import type pg from 'pg';
import { DataSource, type QueryFailedError } from 'typeorm';
import { dataSourceOptions, type DatabaseOptions } from './data-source-options.js';
import { Database } from './database.js';
import { prepared } from './prepared-statement.js';
import { statementsSent } from './statement-counting.js';

const balance = prepared('SELECT sum(balance)::int AS total FROM accounts');

describe('Database, embedded', () => behaves({ dataDir: '', memory: true }));

describe.runIf(process.env.DATABASE_URL)('Database, served', () => {
  behaves({ dataDir: '', url: process.env.DATABASE_URL });
});

function behaves(options: DatabaseOptions): void {
  let dataSource: DataSource;
  let database: Database;

  beforeAll(async () => {
    dataSource = await new DataSource(dataSourceOptions(options)).initialize();
    database = new Database(dataSource);
    await dataSource.query('DROP TABLE IF EXISTS accounts');
    await dataSource.query('CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL)');
  });

  beforeEach(async () => {
    await dataSource.query('TRUNCATE accounts');
    await dataSource.query('INSERT INTO accounts VALUES (1, 100), (2, 100)');
  });

  afterAll(async () => {
    await dataSource.query('DROP TABLE accounts');
    await dataSource.destroy();
  });

  it('keeps the sum through 20 concurrent transfers, a third of which fail', async () => {
    const transfers = Array.from({ length: 20 }, (_, index) =>
      database.transaction(async (manager) => {
        await manager.query('SELECT * FROM accounts ORDER BY id FOR UPDATE');
        await manager.query('UPDATE accounts SET balance = balance - 1 WHERE id = 1');
        if (index % 3 === 0) throw new Error('changed my mind');
        await manager.query('UPDATE accounts SET balance = balance + 1 WHERE id = 2');
      }),
    );
    const outcomes = await Promise.allSettled(transfers);
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(await dataSource.query('SELECT balance FROM accounts ORDER BY id')).toEqual([
      { balance: 100 - done },
      { balance: 100 + done },
    ]);
  });

  it('isolates a transaction from the statements of others', async () => {
    const outside = database.transaction(async (manager) => {
      await manager.query('DELETE FROM accounts');
      throw new Error('rolled back');
    });
    const [seen] = await Promise.all([database.run(balance, []), outside.catch(() => undefined)]);
    expect(seen).toEqual([{ total: 200 }]);
  });

  it('sends a named statement over and over, also after it failed', async () => {
    const halve = prepared('SELECT 10 / $1::int AS half');
    expect(await database.run(halve, [2])).toEqual([{ half: 5 }]);
    await expect(database.run(halve, [0])).rejects.toMatchObject({ code: '22012' });
    await expect(database.run(halve, ['x'])).rejects.toMatchObject({ code: '22P02' });
    expect(await database.run(halve, [5])).toEqual([{ half: 2 }]);
  });

  it('lets one that fails leave those that travelled with it unharmed', async () => {
    const insert = prepared('INSERT INTO accounts VALUES ($1, 0) RETURNING id');
    const outcomes = await Promise.allSettled([3, 1, 4, 5].map((id) => database.run(insert, [id])));
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: [{ id: 3 }] },
      { status: 'rejected', reason: { code: '23505' } },
      { status: 'fulfilled', value: [{ id: 4 }] },
      { status: 'fulfilled', value: [{ id: 5 }] },
    ]);
    expect(await dataSource.query('SELECT count(*)::int AS count FROM accounts')).toEqual([{ count: 5 }]);
  });

  it('lets one of many that arrive together use something up', async () => {
    const use = prepared('UPDATE accounts SET balance = 0 WHERE id = $1 AND balance > 0 RETURNING id');
    const uses = await Promise.all(Array.from({ length: 50 }, () => database.run(use, [1])));
    expect(uses.filter((rows) => rows.length === 1)).toHaveLength(1);
  });

  it('gives every statement of a batch its own rows and types', async () => {
    const echo = prepared(
      'SELECT $1::int AS number, $2::timestamptz AS time, $3::text[] AS list, $4::bytea AS bytes',
    );
    const none = prepared('SELECT id FROM accounts WHERE id = $1');
    const values = (i: number) => [i, new Date(i), [`${i}`, 'a"b'], Buffer.from([i])];
    const sent = [1, 2, 3].flatMap((i) => [database.run(echo, values(i)), database.run(none, [-i])]);
    const rows = [1, 2, 3].flatMap((i) => {
      const [number, time, list, bytes] = values(i);
      return [[{ number, time, list, bytes }], []];
    });
    expect(await Promise.all(sent)).toEqual(rows);
  });

  it('counts every statement of a batch', async () => {
    const before = statementsSent();
    await Promise.all([1, 2, 3].map(() => database.run(balance, [])));
    expect(statementsSent() - before).toBe(3);
  });

  it('plans by index even what was planned while the table was small', async () => {
    await dataSource.query('ANALYZE accounts');
    const plan = await dataSource.query('EXPLAIN SELECT balance FROM accounts WHERE id = 1');
    expect(JSON.stringify(plan)).toContain('Index Scan using accounts_pkey');
  });

  it('reports a duplicate by its SQLSTATE and constraint', async () => {
    const insert = prepared('INSERT INTO accounts VALUES ($1, 0)');
    await expect(database.run(insert, [1])).rejects.toMatchObject({
      code: '23505',
      constraint: 'accounts_pkey',
    });
    const failure = dataSource.query('INSERT INTO accounts VALUES (1, 0)').catch((error: unknown) => error);
    expect(((await failure) as QueryFailedError<pg.DatabaseError>).driverError.code).toBe('23505');
  });

  it('rolls back to a savepoint and commits the rest', async () => {
    await database.transaction(async (manager) => {
      await manager.query('UPDATE accounts SET balance = 150 WHERE id = 1');
      const inner = manager.transaction(async (nested) => {
        await nested.query('DELETE FROM accounts');
        throw new Error('inner');
      });
      await inner.catch(() => undefined);
    });
    expect(await database.run(balance, [])).toEqual([{ total: 250 }]);
  });

  it('gives values the types that pg gives them', async () => {
    const [row] = await dataSource.query(
      `SELECT 9007199254740993::int8 AS big, '\\x00ff'::bytea AS bytes, '2026-01-02T03:04:05.678Z'::timestamptz AS at,
              '{"a": [1]}'::jsonb AS json, '{x,y}'::text[] AS list, 1.5::numeric AS exact, true AS yes`,
    );
    expect(row).toEqual({
      big: '9007199254740993',
      bytes: Buffer.from([0, 255]),
      at: new Date('2026-01-02T03:04:05.678Z'),
      json: { a: [1] },
      list: ['x', 'y'],
      exact: '1.5',
      yes: true,
    });
  });

  it('counts what it sends: one statement for run, BEGIN and COMMIT around a transaction', async () => {
    const before = statementsSent();
    await database.run(balance, []);
    expect(statementsSent() - before).toBe(1);
    await database.transaction((manager) => manager.query('SELECT 1'));
    expect(statementsSent() - before).toBe(4);
  });
}
