import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

/** Loaded into the server with --import: SIGCONT begins a CPU profile, and the next one writes it. */
const directory = process.env['BENCH_PROFILE_DIRECTORY'] ?? '.';
delete process.env['BENCH_PROFILE_DIRECTORY'];
const session = new Session();
session.connect();
let number = 0;

async function begin(): Promise<void> {
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
}

async function write(): Promise<void> {
  const { profile } = await session.post('Profiler.stop');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${process.pid}-${(number + 1) / 2}.cpuprofile`), JSON.stringify(profile));
}

// A signal that Nest's shutdown hooks leave alone.
process.on('SIGCONT', () => void (number++ % 2 === 0 ? begin() : write()));
