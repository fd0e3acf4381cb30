import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import type { CompactJWSHeaderParameters, JWK } from 'jose';
import { numericDate, randomToken } from '../../src/common/index.js';
import type { Parameters } from '../../src/testing/http.js';
import type { TestServer } from './server.js';

let number = 0;

/** What signs with each algorithm. */
const PAIRS: Readonly<Record<string, () => { privateKey: KeyObject; publicKey: KeyObject }>> = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

/** Somebody with a key of his own: signs what a test lets him say. */
export class KeyHolder {
  private readonly privateKey: KeyObject;
  /** The public half, as it is registered. */
  readonly jwk: JWK;

  constructor(
    readonly alg: string = 'ES256',
    kid: string | undefined = `key-${++number}`,
  ) {
    const { privateKey, publicKey } = PAIRS[alg]!();
    this.privateKey = privateKey;
    this.jwk = { ...publicKey.export({ format: 'jwk' }), ...(kid && { kid }) };
  }

  /** A JWK Set with this key alone. */
  get jwks(): { keys: JWK[] } {
    return { keys: [this.jwk] };
  }

  /** @param claims signed as they are: text need not even be JSON */
  sign(claims: object | string, header: Partial<CompactJWSHeaderParameters> = {}): Promise<string> {
    return signed(claims, { alg: this.alg, kid: this.jwk.kid, ...header }, this.privateKey);
  }
}

/** A JWS keyed by a client's secret. */
export const signedWithSecret = (claims: object | string, secret: string, alg = 'HS256'): Promise<string> =>
  signed(claims, { alg }, Buffer.from(secret));

function signed(
  claims: object | string,
  header: CompactJWSHeaderParameters,
  key: KeyObject | Uint8Array,
): Promise<string> {
  const payload = typeof claims === 'string' ? claims : JSON.stringify(claims);
  return new CompactSign(Buffer.from(payload)).setProtectedHeader(header).sign(key);
}

/** The claims of a good client assertion; what is overridden with undefined is left out. @see RFC 7523 §3 */
export function assertionClaims(
  server: TestServer,
  clientId: string,
  overrides: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const now = numericDate(server.clock.now());
  const names = { iss: clientId, sub: clientId, aud: server.issuer, jti: randomToken() };
  return { ...names, iat: now, exp: now + 60, ...overrides };
}

/** The parameters that carry a client assertion. @see RFC 7523 §2.2 */
export const assertionParameters = (assertion: string): Parameters => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});
