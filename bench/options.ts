import { parseArgs } from 'node:util';
import { WORKLOADS } from './workloads.js';

export interface Options {
  readonly workloads: readonly string[];
  readonly concurrencies: readonly number[];
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly rounds: number;
  /** Another checkout to compare with. */
  readonly against?: string;
  /** Start a private PostgreSQL. */
  readonly postgres: boolean;
  /** Server and database share one core, and the generator has another. */
  readonly pinned: boolean;
  readonly profile?: string;
}

/** @throws Error that says what is wrong with the command line */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      workload: { type: 'string', default: Object.keys(WORKLOADS).join(',') },
      concurrency: { type: 'string', default: '1,16,64' },
      seconds: { type: 'string', default: '3' },
      'warm-up': { type: 'string', default: '1' },
      rounds: { type: 'string' },
      against: { type: 'string' },
      postgres: { type: 'boolean', default: false },
      pinned: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  return {
    workloads: values.workload.split(',').map(knownWorkload),
    concurrencies: values.concurrency.split(',').map(positive),
    seconds: positive(values.seconds),
    warmUpSeconds: positive(values['warm-up']),
    rounds: positive(values.rounds ?? (values.against ? '5' : '1')),
    against: values.against,
    postgres: values.postgres,
    pinned: values.pinned,
    profile: values.profile,
  };
}

function knownWorkload(id: string): string {
  if (Object.hasOwn(WORKLOADS, id)) return id;
  throw new Error(`there is no workload ${id}: it is one of ${Object.keys(WORKLOADS).join(', ')}`);
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new Error(`${text} is not a positive number`);
}
