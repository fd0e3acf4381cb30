import type { OpenIdClient } from './openid-client.js';
import type { OpenIdMetadata } from './openid-metadata.js';

/** Which column keeps which metadata: the only place that knows both. */
const NAMES = {
  jwksUri: 'jwks_uri',
  jwks: 'jwks',
  assertionAlgorithm: 'token_endpoint_auth_signing_alg',
  subjectType: 'subject_type',
  sectorIdentifierUri: 'sector_identifier_uri',
  idTokenAlgorithm: 'id_token_signed_response_alg',
  idTokenKeyWrapping: 'id_token_encrypted_response_alg',
  idTokenEncryption: 'id_token_encrypted_response_enc',
  userinfoAlgorithm: 'userinfo_signed_response_alg',
  userinfoKeyWrapping: 'userinfo_encrypted_response_alg',
  userinfoEncryption: 'userinfo_encrypted_response_enc',
  requestObjectAlgorithm: 'request_object_signing_alg',
  requestObjectKeyWrapping: 'request_object_encryption_alg',
  requestObjectEncryption: 'request_object_encryption_enc',
  requiresSignedRequestObject: 'require_signed_request_object',
  requestUris: 'request_uris',
  defaultMaxAge: 'default_max_age',
  requiresAuthTime: 'require_auth_time',
  defaultAcrValues: 'default_acr_values',
  initiateLoginUri: 'initiate_login_uri',
  frontchannelLogoutUri: 'frontchannel_logout_uri',
  frontchannelLogoutNeedsSession: 'frontchannel_logout_session_required',
  backchannelLogoutUri: 'backchannel_logout_uri',
  backchannelLogoutNeedsSession: 'backchannel_logout_session_required',
  contacts: 'contacts',
  softwareId: 'software_id',
  softwareVersion: 'software_version',
} as const satisfies Record<keyof OpenIdClient, keyof OpenIdMetadata>;

/** What is kept of metadata that says nothing; null for all that is not here. */
const ABSENT: Partial<OpenIdClient> = {
  subjectType: 'public',
  idTokenAlgorithm: 'RS256',
  requiresSignedRequestObject: false,
  requestUris: [],
  requiresAuthTime: false,
  defaultAcrValues: [],
  frontchannelLogoutNeedsSession: false,
  backchannelLogoutNeedsSession: false,
  contacts: [],
};

const columns = Object.entries(NAMES) as [keyof OpenIdClient, keyof OpenIdMetadata][];

/** What a client may do without: null takes it away. */
export const OPTIONAL_OPENID_METADATA: readonly string[] = columns
  .filter(([column]) => !(column in ABSENT))
  .map(([, name]) => name);

export const toOpenIdColumns = (metadata: OpenIdMetadata): OpenIdClient =>
  Object.fromEntries(
    columns.map(([column, name]) => [column, metadata[name] ?? ABSENT[column] ?? null]),
  ) as unknown as OpenIdClient;

/** What says nothing is left out, as RFC 7591 §3.2.1 returns what is registered. */
export const toOpenIdMetadata = (client: OpenIdClient): OpenIdMetadata =>
  Object.fromEntries(
    columns.flatMap(([column, name]) => (isSaid(client[column]) ? [[name, client[column]]] : [])),
  );

const isSaid = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
