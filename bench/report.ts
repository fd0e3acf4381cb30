import { mkdirSync, writeFileSync } from 'node:fs';
import type { Cell, Figures } from './cell.js';
import { ascending, median } from './statistics.js';

/** Every round of one cell; `against` is empty unless two builds are compared. */
export interface CellResult extends Cell {
  readonly rounds: readonly Figures[];
  readonly against: readonly Figures[];
}

const COLUMNS = ['workload', 'c', 'req/s', 'p50 ms', 'p99 ms', 'errors', 'SQL/req', 'server CPU', 'db CPU'];
const RATIO_COLUMNS = ['req/s ratio', 'min … max', 'CPU ratio'];

/** Each column is the median of the rounds. */
export function printHeader(isComparison: boolean): void {
  print([...COLUMNS, ...(isComparison ? RATIO_COLUMNS : [])]);
}

export function printCell(result: CellResult): void {
  const { rounds, against } = result;
  const ratios = against.length > 0 ? ratioColumns(rounds, against) : [];
  print([...figureColumns(result.workload, result.concurrency, rounds), ...ratios]);
  if (against.length > 0) print(figureColumns('  against', result.concurrency, against));
}

export function write(path: string, results: readonly CellResult[], conditions: object): void {
  mkdirSync(new URL('.', `file://${path}`).pathname, { recursive: true });
  writeFileSync(
    path,
    `${JSON.stringify({ at: new Date().toISOString(), ...conditions, results }, null, 2)}\n`,
  );
}

function figureColumns(name: string, concurrency: number, rounds: readonly Figures[]): string[] {
  const middle = (figure: (round: Figures) => number): number => median(rounds.map(figure));
  const hasDatabaseCpu = rounds.every((round) => round.databaseCpu !== null);
  return [
    name,
    String(concurrency),
    middle((round) => round.requestsPerSecond).toFixed(0),
    middle((round) => round.p50).toFixed(2),
    middle((round) => round.p99).toFixed(2),
    String(rounds.reduce((sum, round) => sum + round.errors, 0)),
    middle((round) => round.statements).toFixed(2),
    middle((round) => round.serverCpu).toFixed(3),
    hasDatabaseCpu ? middle((round) => round.databaseCpu!).toFixed(3) : '-',
  ];
}

/** The rounds ran in pairs, so each pair saw the same machine. */
function ratioColumns(rounds: readonly Figures[], against: readonly Figures[]): string[] {
  const paired = ascending(rounds.map((round, i) => round.requestsPerSecond / against[i]!.requestsPerSecond));
  const ratio = (figure: (round: Figures) => number): number =>
    median(rounds.map(figure)) / median(against.map(figure));
  return [
    ratio((round) => round.requestsPerSecond).toFixed(2),
    `${paired[0]!.toFixed(2)} … ${paired.at(-1)!.toFixed(2)}`,
    ratio((round) => round.serverCpu + (round.databaseCpu ?? 0)).toFixed(2),
  ];
}

const print = (columns: readonly string[]): void =>
  console.log(columns.map((column, i) => (i === 0 ? column.padEnd(9) : column.padStart(11))).join(' '));
