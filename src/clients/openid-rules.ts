import type { JWK } from 'jose';
import { InvalidClientMetadataError } from '../common/index.js';
import type { CheckedMetadata } from './client-rules.js';
import type { OpenIdMetadata } from './openid-metadata.js';
import { isStorable } from './storable-json.js';

/** Keys. */
const MAXIMUM_KEYS = 20;
/** Bytes of JSON. */
const MAXIMUM_JWKS = 16_384;
/** What a private or a symmetric key has, and a public one has not. @see RFC 7518 §6 */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const KEYED_BY_SECRET = [
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'request_object_signing_alg',
] as const;
const ENCRYPTED = ['id_token_encrypted_response', 'userinfo_encrypted_response'] as const;

const AUTHENTICATION_METHODS = [
  'token_endpoint_auth_method',
  'introspection_endpoint_auth_method',
  'revocation_endpoint_auth_method',
] as const;

type AuthenticationMethods = { readonly [name in (typeof AUTHENTICATION_METHODS)[number]]?: string };

/** Whether something of this client is keyed by its secret, which must then be readable. @see OpenID Connect Core §10.1 */
export const isKeyedBySecret = (metadata: OpenIdMetadata & AuthenticationMethods): boolean =>
  provesItselfBy('client_secret_jwt', metadata) || KEYED_BY_SECRET.some((name) => metadata[name] === 'HS256');

/** Whether it authenticates with this method, at the token endpoint or another. */
export const provesItselfBy = (method: string, metadata: AuthenticationMethods): boolean =>
  AUTHENTICATION_METHODS.some((name) => metadata[name] === method);

/** RFC 8705 §2, OpenID Connect Core §9: these prove a key, or nothing. */
const WITHOUT_SECRET: readonly (string | undefined)[] = [
  ...['none', 'private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'],
  undefined,
];

/** Whether it authenticates with a secret somewhere, as a method of an extension may do as well. */
export const provesItselfBySecret = (metadata: AuthenticationMethods): boolean =>
  AUTHENTICATION_METHODS.some((name) => !WITHOUT_SECRET.includes(metadata[name]));

/**
 * What OpenID Connect says of a client, as a whole.
 * @throws InvalidClientMetadataError
 * @see OpenID Connect Dynamic Client Registration 1.0 §2, Front-Channel Logout 1.0 §2
 */
export function checkOpenIdMetadata(metadata: CheckedMetadata): void {
  checkJwks(metadata);
  checkAssertion(metadata);
  checkEncryption(metadata);
  checkRequestObjects(metadata);
  checkSubjects(metadata);
  checkLogout(metadata);
}

function checkJwks({ jwks, jwks_uri }: CheckedMetadata): void {
  if (jwks === undefined) return;
  if (jwks_uri !== undefined) throw invalid('jwks', 'jwks and jwks_uri exclude each other');
  const keys: unknown = jwks.keys;
  const isSet = Array.isArray(keys) && keys.length > 0 && keys.length <= MAXIMUM_KEYS;
  if (!isSet || JSON.stringify(jwks).length > MAXIMUM_JWKS)
    throw invalid('jwks', `jwks must hold 1 to ${MAXIMUM_KEYS} keys in at most 16 kB`);
  if (!isStorable(JSON.stringify(jwks)))
    throw invalid('jwks', 'jwks must not hold NUL or half a surrogate pair');
  if (!keys.every(isPublicKey)) throw invalid('jwks', 'jwks must hold public keys only');
}

const isPublicKey = (key: unknown): key is JWK =>
  typeof key === 'object' &&
  key !== null &&
  typeof (key as JWK).kty === 'string' &&
  !SECRET_MEMBERS.some((member) => member in key);

function checkAssertion(metadata: CheckedMetadata): void {
  const { token_endpoint_auth_method: method, token_endpoint_auth_signing_alg: alg } = metadata;
  if (provesItselfBy('private_key_jwt', metadata) && !hasKeys(metadata))
    throw invalid('jwks_uri', 'private_key_jwt needs jwks or jwks_uri');
  if (alg === undefined) return;
  const needed = alg === 'HS256' ? 'client_secret_jwt' : 'private_key_jwt';
  if (method !== needed) throw invalid('token_endpoint_auth_signing_alg', `${alg} goes with ${needed} only`);
}

/** The default of `enc` is the standard's. */
function checkEncryption(metadata: CheckedMetadata): void {
  for (const prefix of [...ENCRYPTED, 'request_object_encryption'] as const) {
    if (metadata[`${prefix}_enc`] !== undefined && metadata[`${prefix}_alg`] === undefined)
      throw invalid(`${prefix}_enc`, `${prefix}_enc needs ${prefix}_alg`);
  }
  const encrypted = ENCRYPTED.find((prefix) => metadata[`${prefix}_alg`] !== undefined);
  if (encrypted && !hasKeys(metadata)) throw invalid(`${encrypted}_alg`, 'encryption needs jwks or jwks_uri');
}

function checkRequestObjects(metadata: CheckedMetadata): void {
  const { request_object_signing_alg: alg, require_signed_request_object: isRequired } = metadata;
  if (alg === 'none' && isRequired)
    throw invalid(
      'request_object_signing_alg',
      'request objects cannot be unsigned and required to be signed',
    );
  if (alg !== undefined && alg !== 'none' && alg !== 'HS256' && !hasKeys(metadata))
    throw invalid('request_object_signing_alg', `${alg} needs jwks or jwks_uri`);
}

/** @see OpenID Connect Core §8.1 */
function checkSubjects(metadata: CheckedMetadata): void {
  if (metadata.subject_type !== 'pairwise' || metadata.sector_identifier_uri !== undefined) return;
  const hosts = new Set(
    metadata.redirect_uris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).hostname),
  );
  if (hosts.size > 1)
    throw invalid('sector_identifier_uri', 'redirect URIs of several hosts need sector_identifier_uri');
}

/** @see OpenID Connect Front-Channel Logout 1.0 §2, Back-Channel Logout 1.0 §2.2 */
function checkLogout({
  frontchannel_logout_uri: front,
  backchannel_logout_uri: back,
  redirect_uris,
}: CheckedMetadata) {
  if (back?.includes('#'))
    throw invalid('backchannel_logout_uri', 'backchannel_logout_uri must not have a fragment');
  if (front === undefined) return;
  const origins = redirect_uris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).origin);
  if (!origins.includes(new URL(front).origin))
    throw invalid(
      'frontchannel_logout_uri',
      'frontchannel_logout_uri must have the origin of a redirect URI',
    );
}

const hasKeys = ({ jwks, jwks_uri }: OpenIdMetadata): boolean => jwks !== undefined || jwks_uri !== undefined;

const invalid = (parameter: string, description: string): InvalidClientMetadataError =>
  new InvalidClientMetadataError(description, { parameter });
