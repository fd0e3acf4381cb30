import assert from 'node:assert/strict';
import type { Clock } from '../common/index.js';
import { contract } from './contract.js';
import type { ContractCheck, Make } from './contract.js';

/** What every {@link Clock} must do. */
export const clockContract = (make: Make<Clock>): ContractCheck[] =>
  contract(make, {
    'tells a moment': (clock) => {
      const now: unknown = clock.now();
      assert.ok(now instanceof Date && !Number.isNaN(now.getTime()), 'now() must be a valid Date');
    },
    'never goes back by itself': (clock) => {
      const moments = Array.from({ length: 100 }, () => clock.now().getTime());
      assert.deepEqual(moments, moments.toSorted(ascending));
    },
    'hands out a date that nobody else holds': (clock) => {
      const before = clock.now().getTime();
      clock.now().setFullYear(1970);
      assert.ok(clock.now().getTime() >= before, 'a date that was changed must not change the clock');
    },
    'counts in seconds from now, ahead and back': (clock) => {
      for (const seconds of [60, -60]) {
        const earliest = clock.now().getTime() + seconds * 1000;
        const moment = clock.in(seconds).getTime();
        const latest = clock.now().getTime() + seconds * 1000;
        assert.ok(
          moment >= earliest && moment <= latest,
          `in(${seconds}) must be ${seconds} seconds from now`,
        );
      }
    },
  });

const ascending = (one: number, other: number): number => one - other;
