import { InvalidClientMetadataError, InvalidRedirectUriError, Scope, instanceOf } from '../common/index.js';
import type { Fault } from '../common/index.js';
import { ClientMetadata, ManagedClientMetadata } from './client-metadata.js';
import { grantTypesFor, responseParts } from './response-types.js';
import type { ResponsePart } from './response-types.js';
import { checkOpenIdMetadata, isKeyedBySecret } from './openid-rules.js';
import { redirectUriFault } from './redirect-uris.js';
import { isStorable } from './storable-json.js';

/** Metadata whose every field was checked, with the defaults of RFC 7591 §2 filled in. */
export type CheckedMetadata = ManagedClientMetadata &
  Required<
    Pick<
      ManagedClientMetadata,
      | 'application_type'
      | 'token_endpoint_auth_method'
      | 'grant_types'
      | 'response_types'
      | 'redirect_uris'
      | 'scope'
    >
  >;

/** Bytes. */
const MAXIMUM_METADATA = 4096;

/** Who states the metadata: an owner, and software that registers itself, may say less than an operator. */
export type MetadataSource = 'owner' | 'operator' | 'registration';

/**
 * Checks metadata as a whole. An unknown field is refused, so that a typing error never weakens a client; only from
 * software that registers itself it is ignored (RFC 7591 §2).
 * @param had the grant types that the client has already: its owner may keep those that only an operator gives
 * @throws InvalidClientMetadataError, InvalidRedirectUriError
 * @see RFC 7591 §2
 */
export function checkMetadata(
  metadata: object,
  source: MetadataSource,
  had: readonly string[] = [],
): CheckedMetadata {
  const type = source === 'operator' ? ManagedClientMetadata : ClientMetadata;
  const { instance, faults } = instanceOf<ManagedClientMetadata>(type, withoutNulls(metadata));
  if (source !== 'registration') refuseUnknown(metadata, instance);
  if (faults[0]) throw new InvalidClientMetadataError(faults[0].message, { parameter: faults[0].field });
  // Software cannot know of our secrets' forms: it has readable ones where its algorithms need them.
  if (source === 'registration') instance.readable_secret = isKeyedBySecret(instance);
  const checked = withDefaults(instance);
  if (source === 'owner') refuseDiscouraged(checked.grant_types.filter((grant) => !had.includes(grant)));
  checkConsistency(checked);
  checkUris(checked);
  checkOpenIdMetadata(checked);
  return checked;
}

function withDefaults(metadata: ManagedClientMetadata): CheckedMetadata {
  const grantTypes = metadata.grant_types ?? ['authorization_code'];
  return {
    ...metadata,
    application_type: metadata.application_type ?? 'web',
    token_endpoint_auth_method: metadata.token_endpoint_auth_method ?? 'client_secret_basic',
    grant_types: grantTypes,
    response_types: metadata.response_types ?? defaultResponseTypes(grantTypes),
    redirect_uris: metadata.redirect_uris ?? [],
    scope: metadata.scope ?? '',
  };
}

const defaultResponseTypes = (grantTypes: readonly string[]): string[] => [
  ...(grantTypes.includes('authorization_code') ? ['code'] : []),
  ...(grantTypes.includes('implicit') ? ['token'] : []),
];

function checkConsistency(metadata: CheckedMetadata): void {
  checkResponseTypes(metadata);
  if (metadata.response_types.length > 0 && metadata.redirect_uris.length === 0) {
    throw new InvalidRedirectUriError('redirect_uris must name at least one URI', {
      parameter: 'redirect_uris',
    });
  }
  const isPublic = metadata.token_endpoint_auth_method === 'none';
  if (isPublic && metadata.grant_types.includes('client_credentials')) {
    throw invalid('grant_types', 'client_credentials is for confidential clients only');
  }
  if (isPublic && (metadata.introspection_endpoint_auth_method ?? metadata.readable_secret)) {
    throw invalid('token_endpoint_auth_method', 'a public client has no secret to introspect or sign with');
  }
  if (isPublic && (metadata.revocation_endpoint_auth_method ?? 'none') !== 'none') {
    throw invalid('revocation_endpoint_auth_method', 'a public client has no secret');
  }
  if (isPublic && (metadata.client_secret !== undefined || metadata.may_introspect)) {
    throw invalid('token_endpoint_auth_method', 'a public client has no secret and may not introspect');
  }
  if (isKeyedBySecret(metadata) && (isPublic || !metadata.readable_secret)) {
    throw invalid('readable_secret', 'HS256 is for confidential clients with readable_secret');
  }
  if (isKeyedBySecret(metadata) && isWeakKey(metadata.client_secret)) {
    throw invalid('client_secret', 'HS256 needs a client_secret of at least 32 characters');
  }
  checkFreeForm(metadata.metadata ?? {});
  Scope.parse(metadata.scope);
}

/** RFC 7518 §3.2: the key of HS256 has at least 256 bits. */
export const isWeakKey = (secret: string | undefined): boolean => secret !== undefined && secret.length < 32;

function checkFreeForm(metadata: object): void {
  const json = JSON.stringify(metadata);
  if (Buffer.byteLength(json) > MAXIMUM_METADATA)
    throw invalid('metadata', 'metadata must be at most 4 kB of JSON');
  if (!isStorable(json)) throw invalid('metadata', 'metadata must not hold NUL or half a surrogate pair');
}

/** RFC 9700 §2.1.2, §2.4: whoever needs these asks an administrator. */
function refuseDiscouraged(grants: readonly string[]): void {
  const discouraged = grants.find((grant) => grant === 'implicit' || grant === 'password');
  if (discouraged)
    throw invalid('grant_types', `${discouraged} is discouraged: only an administrator may allow it`);
}

/** RFC 7591 §2.1: each response type needs its grant types, and the other way round. */
function checkResponseTypes({ grant_types: grants, response_types: types }: CheckedMetadata): void {
  const needed = new Set(types.flatMap((type) => grantTypesFor(known(type))));
  for (const grant of ['authorization_code', 'implicit']) {
    if (needed.has(grant) !== grants.includes(grant)) {
      throw invalid('response_types', `response_types and grant_type ${grant} do not fit together`);
    }
  }
}

function known(type: string): ReadonlySet<ResponsePart> {
  const parts = responseParts(type);
  if (parts) return parts;
  throw invalid('response_types', 'response_types has an unknown type');
}

function checkUris(metadata: CheckedMetadata): void {
  for (const uri of metadata.redirect_uris) {
    const fault = redirectUriFault(uri, metadata.application_type);
    if (fault) throw new InvalidRedirectUriError(`a redirect URI ${fault}`, { parameter: 'redirect_uris' });
  }
  for (const uri of metadata.post_logout_redirect_uris ?? []) {
    const fault = redirectUriFault(uri, metadata.application_type);
    if (fault) throw invalid('post_logout_redirect_uris', `a post-logout redirect URI ${fault}`);
  }
}

function refuseUnknown(metadata: object, known: object): void {
  const unknown = Object.keys(metadata).find(
    (name) => !Object.hasOwn(known, name) && !isAbsent(metadata, name),
  );
  if (unknown === undefined) return;
  const name = unknown.slice(0, 64);
  throw invalid(name, `${name} is unknown, or may not be set here`);
}

const isAbsent = (metadata: object, name: string): boolean => Reflect.get(metadata, name) == null;

const withoutNulls = (metadata: object): object =>
  Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null && value !== undefined));

const invalid = (parameter: Fault['field'], description: string): InvalidClientMetadataError =>
  new InvalidClientMetadataError(description, { parameter });
