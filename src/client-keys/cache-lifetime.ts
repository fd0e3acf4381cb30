/** Seconds that keys are taken for fresh: at least, at most, and when their server says nothing. */
export const FRESH = { least: 30, most: 3600, unless: 300 };

/** How long an answer may be kept, in seconds, within our own limits. @see RFC 9111 §5.2.2 */
export function cacheLifetime(cacheControl: string | undefined): number {
  const directives = (cacheControl ?? '').toLowerCase();
  if (/\bno-(store|cache)\b/.test(directives)) return FRESH.least;
  const maximum = /\bmax-age="?(\d{1,10})/.exec(directives)?.[1];
  if (maximum === undefined) return FRESH.unless;
  return Math.min(Math.max(Number(maximum), FRESH.least), FRESH.most);
}
