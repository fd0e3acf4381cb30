import { sharedServer, startServer } from '../support/index.js';
import type { TestServer } from '../support/index.js';

/** How long a race may go on, in milliseconds; RACE_ROUNDS asks for a number of rounds instead. */
const TIME = 5_000;
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 0);

/** Requests that are let go together. */
export const RUNNERS = 50;

/** The shared server, and on a served database a second instance of it beside. */
export async function instances(): Promise<readonly TestServer[]> {
  const server = await sharedServer();
  return server.database.url ? [server, await startServer({ join: server })] : [server];
}

/** Repeats a round for as long as there is time, but at least once. */
export async function repeatedly(round: () => Promise<void>): Promise<void> {
  const end = performance.now() + TIME;
  let count = 0;
  do await round();
  while (ROUNDS > 0 ? ++count < ROUNDS : performance.now() < end);
}
