import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshDatabase } from './databases.js';
import type { TestDatabase } from './databases.js';

/** The built server in a process of its own, as an operator runs it. */
export interface ChildServer {
  readonly issuer: string;
  readonly directory: string;
  /** Milliseconds from spawn to the first good answer of /health/ready. */
  readonly readyAfter: number;
  readonly process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Ends it as an operator would; removes its directory unless told otherwise. */
  stop(options?: { keep?: boolean }): Promise<void>;
  /** SIGKILL: no time to say goodbye. */
  kill(): Promise<void>;
}

export interface ChildServerOptions {
  /** Settings and objects of the declarative file. */
  readonly config?: object;
  readonly env?: NodeJS.ProcessEnv;
  readonly port?: number;
  readonly directory?: string;
  /** What starts it, after node; the way of npm start unless told. */
  readonly command?: readonly string[];
  /** What answers 200 once it is ready; a host application may have no health of ours. */
  readonly readyAt?: string;
}

export async function startChildServer(options: ChildServerOptions = {}): Promise<ChildServer> {
  const port = options.port ?? (await freePort());
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  const issuer = `${options.env?.['GATEHOUSE_TLS_CERT'] ? 'https' : 'http'}://localhost:${port}`;
  const database = await ownDatabase(options);
  const began = performance.now();
  const command = options.command ?? ['--enable-source-maps', 'dist/src/main.js'];
  const child = spawn(process.execPath, command, {
    env: {
      ...inherited(),
      ...(database && { DATABASE_URL: database.url }),
      PORT: String(port),
      GATEHOUSE_DATA_DIR: join(directory, 'data'),
      ...(options.config && { GATEHOUSE_CONFIG: writeConfig(directory, options.config) }),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await untilReady(`${issuer}${options.readyAt ?? '/health/ready'}`, child, () => printed);
  const readyAfter = performance.now() - began;
  const stop = async ({ keep = false } = {}): Promise<void> => {
    await end(child, 'SIGTERM');
    await database?.drop();
    if (!keep) rmSync(directory, { recursive: true, force: true });
  };
  const kill = (): Promise<void> => end(child, 'SIGKILL');
  return { issuer, directory, readyAfter, process: child, output: () => printed, stop, kill };
}

/** On the PostgreSQL of the run each server has a database of its own, unless the test names one to share. */
const ownDatabase = async ({ env = {} }: ChildServerOptions): Promise<TestDatabase | null> =>
  process.env['DATABASE_URL'] && !('DATABASE_URL' in env) ? freshDatabase() : null;

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The test runner's own settings are not the server's. */
function inherited(): NodeJS.ProcessEnv {
  const { NODE_ENV: _, PORT: __, ...rest } = process.env;
  return rest;
}

function writeConfig(directory: string, config: object): string {
  const path = join(directory, 'gatehouse.json');
  writeFileSync(path, JSON.stringify(config));
  return path;
}

async function untilReady(address: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + 45_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    if ((await statusOf(address).catch(() => null)) === 200) return;
    await sleep(25);
  }
  throw new Error(`the server is not ready after 45 s:\n${output()}`);
}

/** Whoever signed the certificate. */
const statusOf = (url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? getSecurely : get;
    const options = { agent: false, rejectUnauthorized: false };
    request(url, options, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
