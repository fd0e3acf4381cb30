import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPool } from '../../src/database/embedded-driver.js';

/** The built driver, in a process that does nothing but write. */
const WRITER = `
import { EmbeddedPool } from './dist/src/database/embedded-driver.js';
const pool = new EmbeddedPool({ dataDir: process.argv[1] });
await pool.query('CREATE TABLE things (id int PRIMARY KEY)');
for (let id = 1; ; id += 1) {
  await pool.query('INSERT INTO things VALUES ($1)', [id]);
  console.log(id);
}
`;

describe('F01: kill -9 of the process that holds the embedded database', () => {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-embedded-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('keeps every acknowledged row, and locks others out meanwhile', async () => {
    const writer = spawn(process.execPath, ['--input-type=module', '--eval', WRITER, root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(writer, 'exit');
    let acknowledged = 0;
    for await (const line of writer.stdout.setEncoding('utf8')) {
      acknowledged = Math.max(acknowledged, ...String(line).trim().split('\n').map(Number));
      if (acknowledged >= 50 && !writer.killed) {
        await expect(new EmbeddedPool({ dataDir: root }).connect()).rejects.toThrow(`pid ${writer.pid}`);
        writer.kill('SIGKILL');
      }
    }
    await exited;
    const pool = new EmbeddedPool({ dataDir: root });
    const found = await pool.query<{ count: string }>('SELECT count(*) FROM things');
    await pool.end();
    expect(Number(found?.rows[0]?.count)).toBeGreaterThanOrEqual(acknowledged);
  });
});
