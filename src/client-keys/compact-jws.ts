import { hasRepeatedNames } from './repeated-names.js';

/** A JWS that was taken apart, and proves nothing yet. */
export interface CompactJws {
  readonly text: string;
  readonly header: Readonly<Record<string, unknown>> & { readonly alg: string; readonly kid?: string };
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Characters: what fits into a form, and no more. */
const MAXIMUM_LENGTH = 65_536;
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Takes a JWT in compact serialization apart; null for anything else. Strict where parsers differ: valid UTF-8,
 * objects only, no name twice.
 *
 * @see RFC 7515 §7.1, RFC 8725 §3.7
 */
export function compactJws(text: string): CompactJws | null {
  const parts = text.length <= MAXIMUM_LENGTH ? COMPACT.exec(text) : null;
  if (!parts) return null;
  const header = objectIn(parts[1]!);
  const payload = objectIn(parts[2]!);
  if (!header || !payload || typeof header['alg'] !== 'string' || !isText(header['kid'])) return null;
  // RFC 7515 §4.1.11: no extension is understood here, and RFC 7797 §7 keeps `b64` out of JWTs.
  if ('crit' in header) return null;
  return { text, header: header as CompactJws['header'], payload };
}

const isText = (kid: unknown): boolean => kid === undefined || typeof kid === 'string';

function objectIn(part: string): Record<string, unknown> | null {
  try {
    const json = utf8.decode(Buffer.from(part, 'base64url'));
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !hasRepeatedNames(json) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
