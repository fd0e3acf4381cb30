import type { Step } from './workloads.js';

/** What a time under load was like. */
export interface Load {
  /** Milliseconds of each unit of work. */
  readonly latencies: number[];
  readonly errors: number;
  readonly milliseconds: number;
}

/** Every lane sends its next request when the answer to the last one is there. */
export async function closedLoop(steps: readonly Step[], milliseconds: number): Promise<Load> {
  const latencies: number[] = [];
  let errors = 0;
  const began = performance.now();
  const run = async (step: Step): Promise<void> => {
    for (let sent = began; sent < began + milliseconds;) {
      const isRight = await step();
      if (isRight === null) return;
      const answered = performance.now();
      latencies.push(answered - sent);
      if (!isRight) errors++;
      sent = answered;
    }
  };
  await Promise.all(steps.map(run));
  return { latencies, errors, milliseconds: performance.now() - began };
}
