import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, realpathSync, statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

// sun_path holds 108 bytes on Linux and 104 on macOS and BSD, the closing NUL included.
const LONGEST_SOCKET_PATH = 100;
const TAKEOVER_SETTLES_MS = 100;

/**
 * Keeps a directory for one process: the embedded database has no lock of its own, and two writers lose rows
 * without an error. The kernel drops the socket's listener with the process, so a crash leaves nothing locked.
 */
export class DirectoryLock {
  private constructor(private readonly server: Server) {}

  /** @throws Error when another process (or this one, elsewhere) holds the directory */
  static async acquire(directory: string): Promise<DirectoryLock> {
    // PGlite lets everybody write its files: the directory must not let anybody in.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = socketPath(directory);
    const server = (await bind(path)) ?? (await takeOver(path, directory));
    return new DirectoryLock(server.unref());
  }

  /** Gives the directory free; the socket file goes with it. */
  async release(): Promise<void> {
    await new Promise((closed) => this.server.close(closed));
  }
}

function socketPath(directory: string): string {
  const path = `${realpathSync(directory)}.lock`;
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  return join(tmpdir(), `gatehouse-${createHash('sha256').update(path).digest('hex').slice(0, 24)}.lock`);
}

async function bind(path: string): Promise<Server | null> {
  const server = createServer((caller) => caller.on('error', () => undefined).end(String(process.pid)));
  try {
    await once(server.listen(path), 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null;
    throw error;
  }
}

async function takeOver(path: string, directory: string): Promise<Server> {
  const found = inode(path);
  const holder = await holderOf(path);
  if (holder) throw heldBy(holder, directory);
  if (inode(path) === found) removeStale(path);
  const server = await bind(path);
  if (!server) throw heldBy('unknown', directory);
  return confirmed(server, path, directory);
}

// Two that take over at once may each have removed the other's socket: the last one bound is the holder.
async function confirmed(server: Server, path: string, directory: string): Promise<Server> {
  const bound = inode(path);
  await wait(TAKEOVER_SETTLES_MS);
  if (inode(path) === bound) return server;
  throw heldBy((await holderOf(path)) ?? 'unknown', directory);
}

async function holderOf(path: string): Promise<string | null> {
  const caller = connect(path).setEncoding('utf8');
  try {
    const [pid] = (await once(caller, 'data')) as [string];
    return pid;
  } catch {
    return null;
  } finally {
    caller.destroy();
  }
}

const inode = (path: string): bigint | undefined =>
  statSync(path, { throwIfNoEntry: false, bigint: true })?.ino;

function removeStale(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

const heldBy = (holder: string, directory: string): Error =>
  new Error(`the data directory ${directory} is in use by another process (pid ${holder})`);
