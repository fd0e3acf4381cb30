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
