import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { heat, measure } from './cell.js';
import type { Cell, Figures } from './cell.js';
import { cpuTimeOfTree } from './cpu-time.js';
import { createDatabase, dropDatabase } from './database-of-its-own.js';
import { GatehouseProcess } from './gatehouse-process.js';
import { readOptions } from './options.js';
import { PostgresCluster } from './postgres-cluster.js';
import { printCell, printHeader, write } from './report.js';
import type { CellResult } from './report.js';

const RESULTS = resolve('bench/results/latest.json');

const options = readOptions(process.argv.slice(2));
const onOneCore = (command: string[]): string[] =>
  options.pinned ? ['taskset', '-c', '0', ...command] : command;
if (options.pinned) execFileSync('taskset', ['-pc', '1', String(process.pid)], { stdio: 'ignore' });

const cluster = options.postgres ? await PostgresCluster.start(onOneCore) : null;
const serverUrl = cluster?.url ?? process.env['DATABASE_URL'];
const databaseCpuTime = (): number | null => (cluster ? cpuTimeOfTree(cluster.pid) : null);
const directories = [resolve('.'), ...(options.against ? [resolve(options.against)] : [])];
const servers: GatehouseProcess[] = [];
try {
  for (const directory of directories) servers.push(await start(directory, servers.length));
  write(RESULTS, await run(), {
    node: process.version,
    database: serverUrl ? 'PostgreSQL' : 'embedded',
    options,
  });
} finally {
  for (const server of servers) await server.stop();
  if (serverUrl) for (const i of directories.keys()) await dropDatabase(serverUrl, databaseName(i));
  await cluster?.stop();
}

async function start(directory: string, i: number): Promise<GatehouseProcess> {
  const databaseUrl = serverUrl && (await createDatabase(serverUrl, databaseName(i)));
  const profileDirectory = i === 0 ? options.profile : undefined;
  const server = await GatehouseProcess.start({ directory, databaseUrl, profileDirectory, wrap: onOneCore });
  const { residentBytes } = await server.metrics();
  const seconds = (server.readyAfter / 1000).toFixed(2);
  console.log(`${directory}: ready after ${seconds} s, ${(residentBytes / 2 ** 20).toFixed(0)} MiB resident`);
  return server;
}

async function run(): Promise<CellResult[]> {
  printHeader(servers.length > 1);
  const results: CellResult[] = [];
  for (const workload of options.workloads) {
    for (const server of servers) await heat(workload, server, options.warmUpSeconds * 2);
    for (const concurrency of options.concurrencies) {
      const result = await rounds({ workload, concurrency });
      printCell(result);
      results.push(result);
    }
  }
  return results;
}

/** Two builds take turns, and swap who goes first, so that a change of the machine's mood meets both. */
async function rounds(cell: Cell): Promise<CellResult> {
  const figures: Figures[][] = servers.map(() => []);
  for (let round = 0; round < options.rounds; round++) {
    const order = round % 2 === 0 ? [...servers.keys()] : [...servers.keys()].reverse();
    for (const i of order) figures[i]!.push(await measure(cell, servers[i]!, options, databaseCpuTime));
  }
  return { ...cell, rounds: figures[0]!, against: figures[1] ?? [] };
}

function databaseName(i: number): string {
  return `gatehouse_bench_${i === 0 ? 'this' : 'against'}`;
}
