import { InvalidRequestObjectError, OAuthError, checkParameters } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';

/** What a request object says, once its signature is proven or was not asked for. */
export interface RequestObject {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What must be true of it. */
export interface Expected {
  readonly clientId: string;
  readonly issuer: string;
  readonly now: Date;
}

/** How far two clocks may be apart, in seconds. */
const SKEW = 30;

/** RFC 9101 §10.8: a JWT that was made for something else says so here, or by having a subject of its own. */
const TYPES: ReadonlySet<unknown> = new Set([
  undefined,
  'jwt',
  'oauth-authz-req+jwt',
  'application/oauth-authz-req+jwt',
]);

/** About the object itself; all other claims are parameters of the request. */
const OWN_CLAIMS = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']);

/**
 * The parameters in a request object.
 * @throws InvalidRequestObjectError
 * @see RFC 9101 §4, §6.3; OpenID Connect Core §6.1
 */
export function parametersIn(object: RequestObject, expected: Expected): OAuthParameters {
  checkKind(object, expected);
  checkTime(object.claims, expected.now.getTime() / 1000);
  const parameters = Object.entries(object.claims).filter(([name]) => !OWN_CLAIMS.has(name));
  return checked(Object.fromEntries(parameters.map(([name, value]) => [name, written(name, value)])));
}

function checkKind({ header, claims }: RequestObject, { clientId, issuer }: Expected): void {
  const { typ } = header;
  const { iss, sub, aud, client_id } = claims;
  if (!TYPES.has(typeof typ === 'string' ? typ.toLowerCase() : typ)) throw invalid('is of another type');
  if (iss !== undefined && iss !== clientId) throw invalid('is of another issuer');
  if (sub === clientId) throw invalid('is a client assertion');
  if (aud !== undefined && ![aud].flat().includes(issuer)) throw invalid('is meant for somebody else');
  if (client_id !== undefined && client_id !== clientId) throw invalid('names another client');
  if ('request' in claims || 'request_uri' in claims) throw invalid('must not hold a request object');
}

/** @see RFC 7519 §4.1.4, §4.1.5 */
function checkTime({ exp, nbf }: RequestObject['claims'], now: number): void {
  if (!isTime(exp) || !isTime(nbf)) throw invalid('has a malformed time');
  if (exp !== undefined && exp + SKEW <= now) throw invalid('has expired');
  if (nbf !== undefined && nbf - SKEW > now) throw invalid('is not valid yet');
}

const isTime = (value: unknown): value is number | undefined =>
  value === undefined || (typeof value === 'number' && Number.isFinite(value));

/** As it would stand in a query: JSON where a parameter is JSON there (RFC 9101 §4), several resources as several. */
function written(name: string, value: unknown): unknown {
  if (typeof value === 'string' || (name === 'resource' && Array.isArray(value))) return value;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid('holds a parameter that is null');
}

function checked(parameters: object): OAuthParameters {
  try {
    return checkParameters(parameters, ['resource']);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    throw invalid('holds a malformed parameter', error);
  }
}

const invalid = (fault: string, cause?: unknown): InvalidRequestObjectError =>
  new InvalidRequestObjectError(`the request object ${fault}`, { parameter: 'request', cause });
