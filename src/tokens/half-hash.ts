import { createHash } from 'node:crypto';

/**
 * The left half of a hash, by which an ID token vouches for what it is returned with. The hash is the one of the
 * token's algorithm, which for Ed25519 is SHA-512.
 * @see OpenID Connect Core §3.1.3.6; RFC 8032 §5.1
 */
export function halfHash(text: string, alg: string): string {
  const hash = createHash(alg === 'EdDSA' ? 'sha512' : 'sha256')
    .update(text)
    .digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}
