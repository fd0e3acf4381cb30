import { InvalidRequestError } from '../common/index.js';

/** Bytes of JSON. */
const MAXIMUM = 8192;

/** What the tokens themselves say: a claim about a person must not be taken for it (RFC 7519 §4.1, OIDC Core §2). */
const RESERVED = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'azp', 'nonce', 'auth_time', 'acr', 'amr', 'sid'],
  ...['at_hash', 'c_hash', 's_hash', 'cnf', 'act', 'client_id', 'scope', 'active', 'token_type'],
]);

/** @throws InvalidRequestError */
export function assertClaims(claims: object | undefined): void {
  const reserved = Object.keys(claims ?? {}).find((name) => RESERVED.has(name));
  if (reserved) throw invalid(`${reserved} is no claim about a person`);
  if (Buffer.byteLength(JSON.stringify(claims ?? {})) > MAXIMUM) throw invalid('claims must be at most 8 kB');
}

const invalid = (description: string): InvalidRequestError =>
  new InvalidRequestError(description, { parameter: 'claims' });
