import { DatabaseUnavailableError } from '../common/index.js';

/** One turn at a time, first come first served; whoever waits too long is refused. */
export class LeaseQueue {
  private readonly waiting: Array<() => void> = [];
  private taken = false;

  /** @param patience milliseconds that one caller may wait for its turn */
  constructor(private readonly patience: number) {}

  /** @throws DatabaseUnavailableError when the turn does not come in time */
  acquire(): Promise<void> {
    if (this.taken) return this.wait();
    this.taken = true;
    return Promise.resolve();
  }

  release(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.taken = false;
  }

  private wait(): Promise<void> {
    return new Promise((granted, refused) => {
      const grant = () => {
        clearTimeout(timer);
        granted();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(grant), 1);
        refused(tookTooLong(this.patience));
      }, this.patience);
      this.waiting.push(grant);
    });
  }
}

const tookTooLong = (patience: number): Error =>
  new DatabaseUnavailableError(
    `the embedded database's only connection was not free within ${patience} ms: ` +
      'it is overloaded, or a query inside a transaction bypasses the transaction’s manager',
  );
