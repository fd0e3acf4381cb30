import { DatabaseUnavailableError } from '../common/index.js';
import { LeaseQueue } from './lease-queue.js';

describe('LeaseQueue', () => {
  it('grants one turn at a time, first come first served', async () => {
    const queue = new LeaseQueue(1_000);
    const order: number[] = [];
    const work = [1, 2, 3].map(async (number) => {
      await queue.acquire();
      order.push(number);
      await Promise.resolve();
      queue.release();
    });
    await Promise.all(work);
    expect(order).toEqual([1, 2, 3]);
  });

  it('refuses whoever waits too long, and serves the next', async () => {
    const queue = new LeaseQueue(20);
    await queue.acquire();
    await expect(queue.acquire()).rejects.toThrow(DatabaseUnavailableError);
    queue.release();
    await expect(queue.acquire()).resolves.toBeUndefined();
  });
});
