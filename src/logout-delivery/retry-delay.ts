/** Seconds. */
const FIRST = 5;
const LONGEST = 15 * 60;

/**
 * How long to wait after that many failed attempts, in seconds: three times as long each time, up to a quarter of an
 * hour. The chance in it keeps those that failed together from coming back together.
 * @param chance from 0 to 1
 */
export const retryDelay = (attempts: number, chance = Math.random()): number =>
  Math.min(FIRST * 3 ** (attempts - 1), LONGEST) * (0.8 + 0.4 * chance);
