import { InvalidRequestError } from '../common/index.js';
import type { Scope } from '../common/index.js';
import type { RegisteredScope } from '../scopes/index.js';
import type { RequestedClaims } from '../tokens/index.js';
import type { WantedContexts } from './authentication-contexts.js';

/** One claim as it is asked for; null asks for it in the default manner. */
interface ClaimRequest {
  readonly essential?: unknown;
  readonly value?: unknown;
  readonly values?: unknown;
}

type ClaimRequests = ReadonlyMap<string, ClaimRequest>;

/** The `claims` parameter, read. */
export interface ClaimsParameter {
  readonly userinfo: ClaimRequests;
  readonly id_token: ClaimRequests;
}

const MAXIMUM_LENGTH = 4096;

/** @throws InvalidRequestError when it is no JSON object of the form that OpenID Connect Core §5.5 describes */
export function readClaims(text: string | undefined): ClaimsParameter {
  const read: unknown = text === undefined ? {} : text.length <= MAXIMUM_LENGTH ? parsed(text) : null;
  const { userinfo, id_token } = membersOf(read);
  return { userinfo: requestsIn(userinfo), id_token: requestsIn(id_token) };
}

/** Whom the client expects, by the value of `sub`. @see OpenID Connect Core §5.5.1 */
export function subjectIn({ userinfo, id_token }: ClaimsParameter): string | null {
  const value = id_token.get('sub')?.value ?? userinfo.get('sub')?.value;
  if (value === undefined) return null;
  return typeof value === 'string' ? value : malformed();
}

/** How the user is to sign in; null when the parameter does not say. @see OpenID Connect Core §5.5.1.1 */
export function contextsIn({ id_token }: ClaimsParameter): WantedContexts | null {
  const acr = id_token.get('acr');
  if (acr?.value === undefined && acr?.values === undefined) return null;
  const { value, values = [] } = acr;
  const named: unknown = value === undefined ? values : [value];
  return { values: textsOf(named), isEssential: acr.essential === true };
}

/** What the claims come to, for one client. */
export interface ClaimsDecision {
  /** Null when none of them can be given. */
  readonly claims: RequestedClaims | null;
  /** The scopes that open them and were not asked for: the user is asked about these, too. */
  readonly opening: readonly string[];
}

/**
 * Claims come with scopes: a client gets by name only what a scope that it is registered for would open, and what no
 * scope opens is left out without a word (§5.5.1).
 */
export function decideClaims(
  parameter: ClaimsParameter,
  asked: Scope,
  registered: readonly RegisteredScope[],
): ClaimsDecision {
  const isOpen = (name: string) => registered.some(({ claims }) => claims.includes(name));
  const userinfo = [...parameter.userinfo.keys()].filter(isOpen);
  const id_token = [...parameter.id_token.keys()].filter(isOpen);
  const names = [...new Set([...userinfo, ...id_token])];
  if (!asked.has('openid') || names.length === 0) return { claims: null, opening: [] };
  const openings = names.map((name) => registered.filter(({ claims }) => claims.includes(name)));
  const lacking = openings.filter((scopes) => !scopes.some((scope) => asked.has(scope.name)));
  return { claims: { userinfo, id_token }, opening: lacking.map(([scope]) => scope!.name) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return malformed();
  }
}

function requestsIn(member: unknown): ClaimRequests {
  if (member === undefined || member === null) return new Map();
  return new Map(
    Object.entries(membersOf(member)).map(([name, request]) => [name, membersOf(request ?? {})]),
  );
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : malformed();

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : malformed();

function malformed(): never {
  throw new InvalidRequestError('claims is malformed', { parameter: 'claims' });
}
