import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';

/** What a key must be for an algorithm. @see RFC 7518 §6, RFC 8037 §2 */
const KINDS: Readonly<Record<string, (key: JWK) => boolean>> = {
  RS256: isRsa,
  PS256: isRsa,
  ES256: ({ kty, crv }) => kty === 'EC' && crv === 'P-256',
  EdDSA: ({ kty, crv }) => kty === 'OKP' && crv === 'Ed25519',
  'RSA-OAEP': isRsa,
  'RSA-OAEP-256': isRsa,
  'ECDH-ES': isAgreement,
  'ECDH-ES+A128KW': isAgreement,
  'ECDH-ES+A256KW': isAgreement,
};

/** base64url characters of a modulus of 8192 bits: a longer one costs too much. */
const LONGEST_MODULUS = 1366;
/** base64url characters of an exponent of 32 bits. */
const LONGEST_EXPONENT = 6;

/** Whether a public key is meant for this algorithm, and of its kind. */
export function fits(key: JWK, alg: string, use: 'sig' | 'enc'): boolean {
  if (key.use !== undefined && key.use !== use) return false;
  if (key.alg !== undefined && key.alg !== alg) return false;
  if (use === 'sig' && Array.isArray(key.key_ops) && !key.key_ops.includes('verify')) return false;
  return KINDS[alg]?.(key) ?? false;
}

function isRsa({ kty, n, e }: JWK): boolean {
  return kty === 'RSA' && (n?.length ?? 0) <= LONGEST_MODULUS && (e?.length ?? 0) <= LONGEST_EXPONENT;
}

function isAgreement({ kty, crv }: JWK): boolean {
  return (kty === 'EC' && /^P-(256|384|521)$/.test(crv ?? '')) || (kty === 'OKP' && crv === 'X25519');
}

const imported = new WeakMap<JWK, KeyObject | null>();

/** The key itself; null for what says it is one and is none. */
export function importedKey(jwk: JWK): KeyObject | null {
  const known = imported.get(jwk);
  if (known !== undefined) return known;
  const key = keyOf(jwk);
  imported.set(jwk, key);
  return key;
}

function keyOf(jwk: JWK): KeyObject | null {
  try {
    return createPublicKey({ key: jwk as Record<string, unknown>, format: 'jwk' });
  } catch {
    return null;
  }
}
