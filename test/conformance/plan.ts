import { unregister } from './clients.js';
import { Run } from './run.js';
import type { Variant } from './run.js';
import { conformanceServer } from './server.js';

/** What a module of the suite wants of the server. */
export interface Behaviour {
  readonly wants: string;
  /** What a client that registers itself says beside the usual. */
  readonly metadata?: (variant: Variant) => object | Promise<object>;
  readonly steps: (run: Run) => Promise<void>;
}

export const aBehaviour = (
  wants: string,
  steps: Behaviour['steps'],
  metadata?: Behaviour['metadata'],
): Behaviour => ({
  wants,
  steps,
  metadata,
});

/** Declares a test for a module of a plan, by the name that the suite gives it. */
export type Module = (name: string, behaviour: Behaviour, changes?: Partial<Variant>) => void;

/** The modules of a plan run with one variant, each with a client of its own where clients register themselves. */
export function aPlan(variant: Variant): Module {
  // A server takes longer to start than a module to run.
  beforeAll(async () => void (await conformanceServer()));
  return (name, { wants, metadata, steps }, changes) => {
    it(`${name} ${wants}`, async () => {
      const varied = { ...variant, ...changes };
      const run = await Run.begin(await conformanceServer(), varied, await metadata?.(varied));
      await steps(run);
      await unregister(run.server, run.client);
    });
  };
}
