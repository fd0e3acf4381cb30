import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { HttpAnswer, TestServer } from '../support/index.js';
import { call } from './server.js';
import type { Callback } from './user-agent.js';

/** What an ID token may say where claims of the user were not asked for in it. */
const ID_TOKEN_CLAIMS = [
  'iss sub aud exp iat auth_time nonce acr amr azp at_hash c_hash nbf jti sid s_hash txn',
].flatMap((names) => names.split(' '));

const SUCCESS = ['code', 'id_token', 'access_token', 'token_type', 'expires_in', 'scope'];
const FAILURE = ['error', 'error_description', 'error_uri'];
/** RFC 9207, and OpenID Connect Session Management §3. */
const EITHER_WAY = ['state', 'iss', 'session_state'];

/** Seconds that clocks may differ by. */
const SKEW = 300;

const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** @see OpenID Connect Core §5.1, §5.4 */
export const SCOPE_CLAIMS: Readonly<Record<string, readonly string[]>> = {
  openid: ['sub'],
  profile: [
    'name given_name family_name middle_name nickname profile picture website gender birthdate zoneinfo',
    'locale updated_at preferred_username',
  ].flatMap((names) => names.split(' ')),
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
  offline_access: [],
};

export const claimsOfScope = (scope: string): string[] =>
  scope.split(' ').flatMap((name) => SCOPE_CLAIMS[name]!);

/** The published keys: each with a name of its own, none with anything private. */
export async function publishedKeys(server: TestServer, address: string): Promise<JSONWebKeySet> {
  const answer = await call(server, address);
  expect(answer.status).toBe(200);
  const jwks = answer.json as JSONWebKeySet;
  const names = jwks.keys.map(({ kid }) => kid);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
  for (const key of jwks.keys) {
    expect(Object.keys(key).filter((member) => SECRET_MEMBERS.includes(member))).toEqual([]);
    expect(['sig', 'enc']).toContain(key.use);
  }
  return jwks;
}

/** An answer to the application, in the way that it comes by default or was asked for, with nothing beside it. */
export function expectCallback(
  callback: Callback,
  expected: { mode: string; state?: string; issuer: string; failed?: boolean },
): void {
  const { parameters, mode } = callback;
  const allowed = [...(expected.failed ? FAILURE : SUCCESS), ...EITHER_WAY];
  expect(Object.keys(parameters).filter((name) => !allowed.includes(name))).toEqual([]);
  expect({ mode, state: parameters['state'], iss: parameters['iss'] }).toEqual({
    mode: expected.mode,
    state: expected.state,
    iss: expected.issuer,
  });
}

/** At least 16 bytes, and more than 96 bits by the frequencies of its characters. */
export function expectUnguessable(text: string): void {
  expect(text.length).toBeGreaterThanOrEqual(16);
  const frequencies = [...new Set(text)].map((one) => text.split(one).length - 1);
  const bits = frequencies.reduce((sum, count) => sum - count * Math.log2(count / text.length), 0);
  expect(bits).toBeGreaterThan(96);
}

/** @see RFC 6749 §5.1 */
export function expectTokens(answer: HttpAnswer): Record<string, string> {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const tokens = answer.json as Record<string, string>;
  expect(tokens['token_type']).toMatch(/^bearer$/i);
  expect(tokens['expires_in']).toEqual(expect.any(Number));
  expect(Number(tokens['expires_in'])).toBeGreaterThan(0);
  expectUnguessable(tokens['access_token']!);
  return tokens;
}

export interface ExpectedIdToken {
  readonly server: TestServer;
  readonly jwks: JSONWebKeySet;
  readonly audience: string;
  /** Undefined: none was sent, and none may come back. */
  readonly nonce: string | undefined;
  /** Those that vouch for companions must be there. */
  readonly accessToken?: string;
  readonly code?: string;
  /** Claims of the user that were asked for in it. */
  readonly userClaims?: readonly string[];
}

/** @see OpenID Connect Core §2, §3.1.3.7, §3.2.2.11, §3.3.2.11 */
export async function expectIdToken(idToken: string, expected: ExpectedIdToken): Promise<JWTPayload> {
  const { server, jwks, audience } = expected;
  const header = decodeProtectedHeader(idToken);
  expect(jwks.keys.map(({ kid }) => kid)).toContain(header.kid);
  const currentDate = server.clock.now();
  const options = { issuer: server.issuer, audience, currentDate };
  const { payload } = await jwtVerify(idToken, createLocalJWKSet(jwks), options);
  const allowed = [...ID_TOKEN_CLAIMS, ...(expected.userClaims ?? [])];
  expect(Object.keys(payload).filter((name) => !allowed.includes(name))).toEqual([]);
  expect(Object.keys(payload)).toEqual(expect.arrayContaining([...(expected.userClaims ?? [])]));
  expectTimes(payload, currentDate.getTime() / 1000);
  expect(payload['nonce']).toBe(expected.nonce);
  if (expected.accessToken) expect(payload['at_hash']).toBe(leftHalfOfHash(expected.accessToken));
  if (expected.code) expect(payload['c_hash']).toBe(leftHalfOfHash(expected.code));
  if (Array.isArray(payload.aud) && payload.aud.length > 1) expect(payload['azp']).toBe(audience);
  expectTypes(payload);
  return payload;
}

function expectTimes({ iat, exp }: JWTPayload, now: number): void {
  expect(Math.abs(iat! - now)).toBeLessThan(SKEW);
  expect(exp).toBeGreaterThan(now);
}

const leftHalfOfHash = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

/** Every claim has the JSON type of §5.1, and a value. */
export function expectTypes(claims: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(claims)) expect([name, value]).toEqual([name, typeOf(name)]);
  expect(Object.values(claims)).not.toContain(null);
  expect(Object.values(claims)).not.toContain('');
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function typeOf(name: string): any {
  if (/_verified$/.test(name)) return expect.any(Boolean);
  if (/^(updated_at|auth_time|iat|exp|nbf)$/.test(name)) return expect.any(Number);
  if (name === 'birthdate') return expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/);
  if (name === 'address') return expect.objectContaining({ formatted: expect.any(String) });
  if (/^(aud|amr)$/.test(name)) return expect.anything();
  return expect.any(String);
}

/** @see OpenID Connect Core §5.3.2 */
export function expectPlainUserinfo(answer: HttpAnswer): Record<string, unknown> {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  return answer.json as Record<string, unknown>;
}

/** What a client gets that has registered for a signature: without what makes it a JWT. */
export async function expectSignedUserinfo(
  answer: HttpAnswer,
  expected: { server: TestServer; jwks: JSONWebKeySet; audience: string; alg: string },
): Promise<Record<string, unknown>> {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
  expect(answer.headers['content-type']).toMatch(/^application\/jwt/);
  const { server, jwks, audience, alg } = expected;
  const options = { issuer: server.issuer, audience, algorithms: [alg], currentDate: server.clock.now() };
  const { payload } = await jwtVerify(answer.body, createLocalJWKSet(jwks), options);
  const { iss: _, aud: __, iat: ___, exp: ____, ...claims } = payload;
  return claims;
}

/** The claims that were asked for: each of them, and no other. @see OpenID Connect Core §5.3.2, §5.4 */
export function expectUserinfo(
  told: Readonly<Record<string, unknown>>,
  expected: { subject: string; claims: readonly string[] },
): Readonly<Record<string, unknown>> {
  expect(Object.keys(told).sort()).toEqual([...new Set(expected.claims)].sort());
  expect(told['sub']).toBe(expected.subject);
  expectTypes(told);
  return told;
}

/** A page for the person, in words that name the error, and no way back to whoever asked. */
export function expectRefusalPage(page: HttpAnswer, error: string, parameter: string): void {
  expect({ status: page.status, location: page.headers.location }).toEqual({
    status: 400,
    location: undefined,
  });
  expect(page.headers['content-type']).toMatch(/^text\/html/);
  const visible = page.body.replace(/<(script|style|head)\b.*?<\/\1>|<[^>]*>/gs, ' ');
  expect(visible).toContain(error);
  expect(visible).toContain(parameter);
}
