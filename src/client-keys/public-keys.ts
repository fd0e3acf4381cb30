import type { JWK } from 'jose';

/** Keys of one client; the others are not tried. */
const MAXIMUM_KEYS = 100;

/**
 * The public keys of a JWK Set. A key that is not understood is skipped (RFC 7517 §5); a private one is nobody's
 * any more.
 * @throws Error when it is no JWK Set
 */
export function publicKeysIn(body: Buffer): readonly JWK[] {
  const { keys } = (jsonOf(body) ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new Error('is no JWK Set');
  return keys.slice(0, MAXIMUM_KEYS).filter(isPublicKey);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Error('is no JSON');
  }
}

const isPublicKey = (key: unknown): key is JWK =>
  typeof key === 'object' && key !== null && !('d' in key) && !('k' in key);
