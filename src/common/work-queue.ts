/** Refused because too much of the same work is waiting already. */
export class QueueFullError extends Error {}

/** Runs at most `concurrency` pieces of work at a time and lets at most `waiting` more wait. */
export class WorkQueue {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly concurrency: number,
    private readonly waiting: number,
  ) {}

  /** @throws QueueFullError at once, when too many wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.concurrency) return void this.running++;
    if (this.queue.length >= this.waiting) throw new QueueFullError('too much work is waiting');
    await new Promise<void>((resolve) => this.queue.push(resolve));
  }

  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.running--;
  }
}
