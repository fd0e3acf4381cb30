import { Connection } from './connection.js';
import { closedLoop } from './closed-loop.js';
import type { GatehouseProcess } from './gatehouse-process.js';
import type { Options } from './options.js';
import { ascending, percentile } from './statistics.js';
import { WORKLOADS } from './workloads.js';
import type { Lane } from './workloads.js';

/** One workload at one concurrency. */
export interface Cell {
  readonly workload: string;
  readonly concurrency: number;
}

/** What was measured: times in ms, the last three per request. */
export interface Figures {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
  readonly statements: number;
  readonly serverCpu: number;
  /** Known for a private PostgreSQL only; on the embedded database it is part of the server's. */
  readonly databaseCpu: number | null;
}

/** V8 compiles what it has seen thousands of times: without this the first cell would measure its interpreter. */
export async function heat(workload: string, server: GatehouseProcess, seconds: number): Promise<void> {
  const plan = { port: server.port, milliseconds: seconds * 1000 };
  const lanes = await Promise.all(Array.from({ length: 16 }, () => laneOf(workload, plan)));
  const steps = lanes.map((lane) => lane.step);
  await closedLoop(steps, plan.milliseconds);
  for (const { connection } of lanes) connection.close();
}

/** Runs one cell: lanes are prepared and warmed up before anything is counted. */
export async function measure(
  { workload, concurrency }: Cell,
  server: GatehouseProcess,
  options: Options,
  databaseCpuTime: () => number | null,
): Promise<Figures> {
  const milliseconds = (options.warmUpSeconds + options.seconds) * 1000;
  const plan = { port: server.port, milliseconds };
  const lanes = await Promise.all(Array.from({ length: concurrency }, () => laneOf(workload, plan)));
  const steps = lanes.map((lane) => lane.step);
  await closedLoop(steps, options.warmUpSeconds * 1000);
  await server.toggleProfile();
  const [before, databaseBefore] = [await server.metrics(), databaseCpuTime()];
  const load = await closedLoop(steps, options.seconds * 1000);
  const [after, databaseAfter] = [await server.metrics(), databaseCpuTime()];
  await server.toggleProfile();
  for (const { connection } of lanes) connection.close();
  const count = load.latencies.length;
  const sorted = ascending(load.latencies);
  return {
    requestsPerSecond: (count / load.milliseconds) * 1000,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    errors: load.errors,
    statements: (after.statements - before.statements) / count,
    serverCpu: ((after.cpuSeconds - before.cpuSeconds) * 1000) / count,
    databaseCpu: databaseBefore === null ? null : (databaseAfter! - databaseBefore) / count,
  };
}

async function laneOf(workload: string, plan: { port: number; milliseconds: number }): Promise<Lane> {
  const connection = await Connection.open(plan.port);
  return { connection, step: await WORKLOADS[workload]!.lane(connection, plan) };
}
