import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from './connection.js';
import { freePort } from './free-port.js';
import { get } from './requests.js';

export interface ProcessOptions {
  /** A checkout or its dist folder. */
  readonly directory: string;
  /** Absent = the embedded database. */
  readonly databaseUrl?: string;
  /** Where CPU profiles go; absent = none. */
  readonly profileDirectory?: string;
  readonly wrap: (command: string[]) => string[];
}

export interface Metrics {
  readonly statements: number;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

const CONFIGURATION = resolve('bench/gatehouse.yaml');
const PROFILER = new URL('./profiler.js', import.meta.url).href;

/** The built server, as it runs in production, on loopback. */
export class GatehouseProcess {
  private constructor(
    private readonly process: ChildProcess,
    private readonly dataDirectory: string,
    private readonly isProfiled: boolean,
    readonly port: number,
    /** From the start of the process to the first good answer of /health/ready, in ms. */
    readonly readyAfter: number,
  ) {}

  static async start(options: ProcessOptions): Promise<GatehouseProcess> {
    const began = performance.now();
    const port = await freePort();
    const dataDirectory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-data-'));
    const profiling = options.profileDirectory ? ['--import', PROFILER] : [];
    const [file, ...args] = options.wrap([process.execPath, ...profiling, mainOf(options.directory)]);
    const child = spawn(file!, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env['PATH'], ...environment(options, port, dataDirectory) },
    });
    await ready(child, port);
    const isProfiled = options.profileDirectory !== undefined;
    return new GatehouseProcess(child, dataDirectory, isProfiled, port, performance.now() - began);
  }

  async metrics(): Promise<Metrics> {
    const connection = await Connection.open(this.port);
    const { body } = await connection.send(get('/metrics'));
    connection.close();
    return {
      statements: figure(body, 'gatehouse_sql_statements_total'),
      cpuSeconds: figure(body, 'process_cpu_seconds_total'),
      residentBytes: figure(body, 'process_resident_memory_bytes'),
    };
  }

  /** Begins a profile, or ends and writes the one that was begun. */
  async toggleProfile(): Promise<void> {
    if (!this.isProfiled) return;
    this.process.kill('SIGCONT');
    await delay(500);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}

function mainOf(directory: string): string {
  const candidates = ['src/main.js', 'dist/src/main.js'].map((path) => resolve(directory, path));
  const main = candidates.find((path) => existsSync(path));
  if (!main) throw new Error(`${directory} holds no built server: run its build first`);
  return main;
}

const environment = (options: ProcessOptions, port: number, dataDirectory: string): NodeJS.ProcessEnv => ({
  PORT: String(port),
  HOST: '127.0.0.1',
  GATEHOUSE_ISSUER: `http://127.0.0.1:${port}`,
  GATEHOUSE_CONFIG: CONFIGURATION,
  GATEHOUSE_DATA_DIR: dataDirectory,
  GATEHOUSE_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
  ...(options.databaseUrl && { DATABASE_URL: options.databaseUrl }),
  ...(options.profileDirectory && { BENCH_PROFILE_DIRECTORY: resolve(options.profileDirectory) }),
});

async function ready(child: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error('the server ended before it was ready');
    const connection = await Connection.open(port).catch(() => null);
    const answer = await connection?.send(get('/health/ready')).catch(() => null);
    connection?.close();
    if (answer?.status === 200) return;
    await delay(50);
  }
  throw new Error('the server did not become ready within 30 s');
}

function figure(metrics: string, name: string): number {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1];
  if (value === undefined) throw new Error(`the server does not count ${name}`);
  return Number(value);
}
