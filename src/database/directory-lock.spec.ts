import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryLock } from './directory-lock.js';

describe('DirectoryLock', () => {
  let root: string;
  let directory: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'gatehouse-lock-')));
    directory = join(root, 'database');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('refuses a second holder in one line that names the first', async () => {
    const lock = await DirectoryLock.acquire(directory);
    await expect(DirectoryLock.acquire(directory)).rejects.toThrow(
      `the data directory ${directory} is in use by another process (pid ${process.pid})`,
    );
    await lock.release();
  });

  it('is free again after release, and leaves no file', async () => {
    await (await DirectoryLock.acquire(directory)).release();
    expect(existsSync(`${directory}.lock`)).toBe(false);
    await (await DirectoryLock.acquire(directory)).release();
  });

  it('takes over the lock of a process that was killed', async () => {
    await leaveStaleSocket(`${directory}.lock`);
    await (await DirectoryLock.acquire(directory)).release();
  });

  it('lets one of two that take over at once have it', async () => {
    await leaveStaleSocket(`${directory}.lock`);
    const takers = await Promise.allSettled([1, 2, 3].map(() => DirectoryLock.acquire(directory)));
    const holders = takers.filter((taker) => taker.status === 'fulfilled');
    expect(holders).toHaveLength(1);
    await holders[0]?.value.release();
  });

  it('locks a directory whose path is too long for a socket', async () => {
    const deep = join(root, 'a'.repeat(100), 'b'.repeat(100));
    const lock = await DirectoryLock.acquire(deep);
    await expect(DirectoryLock.acquire(deep)).rejects.toThrow('is in use');
    await lock.release();
  });
});

async function leaveStaleSocket(path: string): Promise<void> {
  const script = `require('net').createServer().listen(process.argv[1], () => console.log('bound'))`;
  const holder = spawn(process.execPath, ['-e', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(existsSync(path)).toBe(true);
}
