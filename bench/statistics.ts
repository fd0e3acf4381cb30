/** Of sorted values. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const ascending = (values: readonly number[]): number[] =>
  [...values].sort((one, other) => one - other);

export const median = (values: readonly number[]): number => percentile(ascending(values), 0.5);
