import { InvalidTokenError } from '../common/bearer-errors.js';
import { Scope } from '../common/scope.js';
import type { VerifiedAccess } from './access-token-verifier.js';

/** The claims of an access token, proven already: of a JWT (RFC 9068 §2.2) or of its introspection (RFC 7662 §2.2). */
export type AccessTokenClaims = Readonly<Record<string, unknown>>;

export const invalidToken = (cause: unknown): InvalidTokenError =>
  new InvalidTokenError('the access token is not valid', { cause });

/** @throws InvalidTokenError when what an API needs to know is missing. */
export function accessOf(claims: AccessTokenClaims): VerifiedAccess {
  const { client_id: clientId, sub, exp, iat, username } = claims;
  if (typeof clientId !== 'string' || typeof sub !== 'string' || typeof exp !== 'number') {
    throw invalidToken(new Error('client_id, sub or exp is missing'));
  }
  // RFC 7800 §3.1: it is good only with proof of a key, which nobody asks for here.
  if (claims['cnf'] !== undefined) throw invalidToken(new Error('it is bound to a key'));
  // RFC 9068 §2.2: a client that acts for itself is its own subject.
  const subject = sub === clientId ? null : sub;
  const token = {
    clientId,
    subject,
    scope: scopeOf(claims),
    audience: audienceOf(claims),
    issuedAt: new Date((typeof iat === 'number' ? iat : 0) * 1000),
    expiresAt: new Date(exp * 1000),
  };
  if (subject === null) return { token, user: null };
  const known = typeof username === 'string' ? username : null;
  return { token, user: { subject, username: known, roles: textsOf(claims['roles']), claims } };
}

export const audienceOf = ({ aud }: AccessTokenClaims): readonly string[] =>
  typeof aud === 'string' ? [aud] : textsOf(aud);

function scopeOf({ scope }: AccessTokenClaims): Scope {
  if (scope === undefined) return Scope.none;
  if (typeof scope !== 'string') throw invalidToken(new Error('scope is not a text'));
  try {
    return Scope.parse(scope);
  } catch (cause) {
    throw invalidToken(cause);
  }
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
