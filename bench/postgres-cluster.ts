import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.js';

const DEBIAN = '/usr/lib/postgresql';

/** A PostgreSQL of our own, as durable as a production one, gone when the run ends. */
export class PostgresCluster {
  private constructor(
    private readonly process: ChildProcess,
    private readonly directory: string,
    readonly url: string,
  ) {}

  /** PostgreSQL refuses to run as root: root becomes Debian's `postgres` user for it. */
  static async start(wrap: (command: string[]) => string[]): Promise<PostgresCluster> {
    const bin = join(
      DEBIAN,
      readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one))[0]!,
      'bin',
    );
    const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
    if (user.uid !== undefined) chownSync(directory, user.uid, user.gid);
    execFileSync(
      join(bin, 'initdb'),
      ['-D', directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
      user,
    );
    const port = await freePort();
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`];
    const durable = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'];
    const [file, ...args] = wrap([join(bin, 'postgres'), '-D', directory]);
    const flags = [...settings, ...durable].flatMap((setting) => ['-c', setting]);
    const server = spawn(file!, [...args, ...flags], { ...user, stdio: 'ignore' });
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await answering(url);
    return new PostgresCluster(server, directory, url);
  }

  get pid(): number {
    return this.process.pid!;
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGINT');
    await ended;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const idOf = (flag: '-u' | '-g'): number =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const client = new pg.Client(url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.end();
    } catch {
      await delay(100);
    }
  }
  throw new Error('PostgreSQL did not start');
}
