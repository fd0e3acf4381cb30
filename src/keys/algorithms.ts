/** What this server signs with; each has a key of its own. @see RFC 7518 §3.1, RFC 8037 §3.1 (EdDSA is Ed25519 here) */
export const SIGNING_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** How the key of an encrypted JWT is wrapped. @see RFC 7518 §4.1 */
export const KEY_WRAPPINGS = [
  'RSA-OAEP',
  'RSA-OAEP-256',
  'ECDH-ES',
  'ECDH-ES+A128KW',
  'ECDH-ES+A256KW',
] as const;
export type KeyWrapping = (typeof KEY_WRAPPINGS)[number];

/** How its content is encrypted. @see RFC 7518 §5.1 */
export const CONTENT_ENCRYPTIONS = ['A128CBC-HS256', 'A256CBC-HS512', 'A128GCM', 'A256GCM'] as const;
export type ContentEncryption = (typeof CONTENT_ENCRYPTIONS)[number];

/** The kinds of key that JWTs are encrypted to us with, each for every wrapping that begins with its name. */
export const DECRYPTION_KEYS = ['RSA-OAEP', 'ECDH-ES'] as const;

/** What a key of this server is for: an algorithm that signs, or a way of encrypting to it. */
export const KEY_ALGORITHMS = [...SIGNING_ALGORITHMS, ...DECRYPTION_KEYS] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** @see RFC 7517 §4.2 */
export type KeyUse = 'sig' | 'enc';

export const useOf = (alg: KeyAlgorithm): KeyUse =>
  (SIGNING_ALGORITHMS as readonly string[]).includes(alg) ? 'sig' : 'enc';
