import { createHmac } from 'node:crypto';

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * A JWS keyed by a secret that both sides know: who can verify it could also have made it.
 * @see RFC 7518 §3.2; OpenID Connect Core §10.1 (the key is the UTF-8 of client_secret)
 */
export function signWithSecret(claims: object, type: string, secret: string): string {
  const input = `${encode({ alg: 'HS256', typ: type })}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
