import type { SignedJwt } from '../client-keys/index.js';
import { refused } from './client-assertion.js';

/** What the claims of an assertion must fit. */
export interface AssertionContext {
  readonly clientId: string;
  /** The names that this server goes by where the assertion is presented. */
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
}

/** Seconds that two clocks may differ by. */
export const CLOCK_SKEW = 30;
/** Seconds: nobody needs to be remembered as having used an assertion for longer. */
export const LONGEST_LIFE = 3600;

/** Other kinds of JWT say so, and are no assertions. @see RFC 8725 §3.11 */
const TYPES = /^((application\/)?(client-authentication\+)?jwt)$/i;

/** An assertion whose claims hold. */
export interface ValidAssertion {
  readonly jti: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/**
 * @throws InvalidClientError
 * @see RFC 7523 §3, OpenID Connect Core §9
 */
export function checkAssertionClaims(
  { header, payload }: SignedJwt,
  context: AssertionContext,
): ValidAssertion {
  const { typ = 'JWT' } = header;
  const { iss, sub, jti } = payload;
  if (typeof typ !== 'string' || !TYPES.test(typ)) throw refused('is of another type');
  if (iss !== context.clientId || sub !== context.clientId)
    throw refused('has an iss or sub that is not the client_id');
  if (!isMeantFor(context.audiences, payload['aud'])) throw refused('is meant for another audience');
  if (typeof jti !== 'string' || jti === '') throw refused('has no jti');
  return { jti, expiresAt: checkTimes(payload, context.now) };
}

/** One name of this server, or several: a name of somebody else would let him use it, too. */
function isMeantFor(audiences: readonly string[], aud: unknown): boolean {
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return named.length > 0 && named.every((one) => audiences.includes(one as string));
}

function checkTimes({ exp, nbf = 0, iat = 0 }: SignedJwt['payload'], now: number): number {
  if (!isTime(exp)) throw refused('has no exp');
  if (!isTime(nbf) || !isTime(iat)) throw refused('has an nbf or iat that is no time');
  if (exp <= now - CLOCK_SKEW) throw refused('has expired');
  if (exp > now + LONGEST_LIFE + CLOCK_SKEW) throw refused(`is valid for more than ${LONGEST_LIFE} seconds`);
  if (nbf > now + CLOCK_SKEW || iat > now + CLOCK_SKEW) throw refused('is from the future');
  return exp;
}

const isTime = (value: unknown): value is number => Number.isFinite(value);
