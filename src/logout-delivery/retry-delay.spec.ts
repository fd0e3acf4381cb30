import { retryDelay } from './retry-delay.js';

describe('the wait for the next attempt', () => {
  it('grows threefold, up to a quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 100].map((attempts) => retryDelay(attempts, 0.5))).toEqual([
      5, 15, 45, 135, 405, 900, 900,
    ]);
  });

  it('differs by a fifth at most', () => {
    expect(retryDelay(1, 0)).toBeCloseTo(4);
    expect(retryDelay(1, 1)).toBeCloseTo(6);
  });
});
