/** How long a relying party may keep the published keys, in seconds. */
export const JWKS_MAX_AGE = 300;

/** How often each instance reads the keys, in seconds. */
export const RING_REFRESH = 10;

/** How old an instance's picture of the keys may be, in seconds: a reading may be slow, or fail once or twice. */
const RING_MAX_AGE = 3 * RING_REFRESH;

/** From publishing a key until it is used, in seconds: until no instance and no relying party can lack it. */
const LEAD = RING_MAX_AGE + JWKS_MAX_AGE;

/** When a key begins to sign, and until when those before it stay published. */
export interface RotationSchedule {
  readonly activeFrom: Date;
  readonly previousUntil: Date;
}

/**
 * A key is published before it signs: for as long as an instance may not know it, plus as long as a relying party may
 * keep what that instance answered. The key before it stays until its last token has expired.
 * @param tokenLife the longest that any token lives, in seconds
 * @see OpenID Connect Core §10.1.1
 */
export function rotationSchedule(
  now: Date,
  { tokenLife, immediately }: { tokenLife: number; immediately: boolean },
): RotationSchedule {
  const activeFrom = immediately ? now : later(now, LEAD);
  return { activeFrom, previousUntil: later(activeFrom, RING_MAX_AGE + tokenLife) };
}

/**
 * A key that has been in use since before this moment needs its successor published now, which then takes over when
 * the interval ends.
 * @param interval how long a key is used, in seconds
 */
export const dueSince = (now: Date, interval: number): Date => later(now, LEAD - interval);

const later = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000);
