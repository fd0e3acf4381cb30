import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { basic } from '../support/index.js';
import type { HttpAnswer, Parameters, TestServer } from '../support/index.js';
import { call, metadataOf } from './server.js';

/** Where the suite lives, as the file registers it. */
export const SUITE = 'https://suite.test:8443/test/a/gatehouse';

export type AuthenticationMethod = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';

/** What the suite knows of a client. */
export interface SuiteClient {
  readonly id: string;
  readonly secret?: string;
  readonly method: AuthenticationMethod;
  readonly redirectUri: string;
  /** Of the answer to its registration. */
  readonly registration?: Readonly<Record<string, unknown>>;
  /** What it signs assertions and request objects with; a test may exchange it. */
  key?: ClientKey;
}

export interface ClientKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: object;
}

export function aKey(): ClientKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomBytes(8).toString('hex');
  return {
    kid,
    privateKey,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' },
  };
}

let shared: ClientKey | undefined;

/** To make a key takes a while, so clients that never exchange theirs have one together. */
const theKey = (): ClientKey => (shared ??= aKey());

/** A client of the file. */
export const declaredClient = (method: AuthenticationMethod, second = false): SuiteClient => {
  const id = second ? 'conf-basic-2' : method === 'client_secret_post' ? 'conf-post' : 'conf-basic';
  const redirectUri = second ? `${SUITE}/callback?dummy1=lorem&dummy2=ipsum` : `${SUITE}/callback`;
  return { id, secret: `${id}-secret-0123456789abcdef`, method, redirectUri };
};

export interface Registration {
  readonly responseType: string;
  readonly method: AuthenticationMethod;
  /** Laid over what the suite registers for every module; undefined takes away. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** What the suite says of a client that it registers: never a scope. */
export function registrationOf({ responseType, method, metadata }: Registration, key: ClientKey): object {
  const parts = responseType.split(' ');
  const isFrontChannel = parts.includes('id_token') || parts.includes('token');
  return {
    client_name: `suite ${randomBytes(6).toString('hex')}`,
    grant_types: [
      ...(parts.includes('code') ? ['authorization_code'] : []),
      ...(isFrontChannel ? ['implicit'] : []),
    ],
    jwks: { keys: [key.publicJwk] },
    token_endpoint_auth_method: method,
    response_types: [responseType],
    redirect_uris: [`${SUITE}/callback`],
    contacts: ['suite@suite.test'],
    ...metadata,
  };
}

/** What a client says that wants refresh tokens, beside what its response type needs. */
export const refreshing = ({ responseType }: Pick<Registration, 'responseType'>): object => ({
  grant_types: ['authorization_code', 'refresh_token', ...(responseType === 'code' ? [] : ['implicit'])],
});

/** Sends metadata to the registration endpoint. */
export async function register(server: TestServer, metadata: object): Promise<HttpAnswer> {
  const { registration_endpoint: endpoint } = await metadataOf(server);
  return call(server, endpoint as string, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(metadata)),
  });
}

/** Registers a client, as strictly as the suite does. @see RFC 7591 §3.2.1, RFC 7592 §3 */
export async function registeredClient(server: TestServer, wanted: Registration): Promise<SuiteClient> {
  const key = theKey();
  const answer = await register(server, registrationOf(wanted, key));
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 201 });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const registration = answer.json as Record<string, unknown>;
  if ('client_secret' in registration)
    expect(registration['client_secret_expires_at']).toEqual(expect.any(Number));
  expect(registration['registration_access_token']).toEqual(expect.any(String));
  expect(registration['registration_client_uri']).toMatch(/^https:\/\//);
  const {
    client_id: id,
    client_secret: secret,
    redirect_uris: uris,
  } = registration as Record<string, string>;
  return { id: id!, secret, method: wanted.method, redirectUri: uris![0]!, registration, key };
}

/** Takes a client away again, which must leave nothing. @see RFC 7592 §2.3 */
export async function unregister(server: TestServer, { registration }: SuiteClient): Promise<void> {
  if (!registration) return;
  const { registration_client_uri: uri, registration_access_token: token } = registration;
  const headers = { authorization: `Bearer ${String(token)}` };
  const answer = await call(server, String(uri), { method: 'DELETE', headers });
  expect({ status: answer.status, body: answer.body }).toEqual({ status: 204, body: '' });
}

/** What proves the client at the token endpoint: a header, or fields of the form. */
export async function proofOf(
  server: TestServer,
  client: SuiteClient,
  audience: string,
): Promise<{ headers: Parameters; form: Parameters }> {
  if (client.method === 'client_secret_basic')
    return { headers: { authorization: basic(client.id, client.secret!) }, form: {} };
  if (client.method === 'client_secret_post')
    return { headers: {}, form: { client_id: client.id, client_secret: client.secret } };
  return { headers: {}, form: await assertion(server, client, audience) };
}

async function assertion(server: TestServer, client: SuiteClient, audience: string): Promise<Parameters> {
  const now = Math.floor(server.clock.now().getTime() / 1000);
  const jwt = await new SignJWT({ jti: randomBytes(16).toString('hex') })
    .setProtectedHeader({ alg: 'RS256', kid: client.key!.kid })
    .setIssuer(client.id)
    .setSubject(client.id)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(client.key!.privateKey);
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  return { client_assertion_type, client_assertion: jwt };
}
