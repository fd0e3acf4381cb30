import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { Injectable } from '@nestjs/common';
import { WorkQueue } from '../common/index.js';

/** Finds the addresses of a host. */
export abstract class HostNames {
  abstract addresses(host: string): Promise<LookupAddress[]>;
}

/** As the operating system does. A name that hangs holds one of its four threads, so only two may. */
@Injectable()
export class SystemHostNames extends HostNames {
  private readonly queue = new WorkQueue(2, 200);

  addresses(host: string): Promise<LookupAddress[]> {
    return this.queue.run(() => lookup(host, { all: true }));
  }
}
