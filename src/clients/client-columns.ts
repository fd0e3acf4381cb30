import type { Client } from './client.entity.js';
import type { ManagedClientMetadata } from './client-metadata.js';
import type { CheckedMetadata } from './client-rules.js';

/** Wire names to columns: the only place that knows both. */
export const toColumns = (metadata: CheckedMetadata): Partial<Client> => ({
  owner: metadata.owner ?? null,
  name: metadata.client_name ?? metadata.client_id ?? 'Unnamed application',
  applicationType: metadata.application_type,
  authenticationMethod: metadata.token_endpoint_auth_method,
  grantTypes: metadata.grant_types,
  responseTypes: metadata.response_types,
  redirectUris: metadata.redirect_uris,
  postLogoutRedirectUris: metadata.post_logout_redirect_uris ?? [],
  allowedOrigins: metadata.allowed_origins ?? [],
  registeredScope: metadata.scope,
  logoUri: metadata.logo_uri ?? null,
  clientUri: metadata.client_uri ?? null,
  policyUri: metadata.policy_uri ?? null,
  tosUri: metadata.tos_uri ?? null,
  accessTokenFormat: metadata.access_token_format ?? null,
  idTokenAlgorithm: metadata.id_token_signed_response_alg ?? 'RS256',
  requirePkce: metadata.require_pkce ?? null,
  skipConsent: metadata.skip_consent ?? false,
  mayIntrospect: metadata.may_introspect ?? false,
  resources: metadata.resources ?? [],
  disabled: metadata.disabled ?? false,
});

/** Columns to wire names; never a secret. */
export const toMetadata = (client: Client): ManagedClientMetadata & { client_id: string } => ({
  client_id: client.id,
  client_name: client.name,
  application_type: client.applicationType,
  token_endpoint_auth_method: client.authenticationMethod,
  grant_types: client.grantTypes,
  response_types: client.responseTypes,
  redirect_uris: client.redirectUris,
  post_logout_redirect_uris: client.postLogoutRedirectUris,
  allowed_origins: client.allowedOrigins,
  scope: client.registeredScope,
  logo_uri: client.logoUri ?? undefined,
  client_uri: client.clientUri ?? undefined,
  policy_uri: client.policyUri ?? undefined,
  tos_uri: client.tosUri ?? undefined,
  access_token_format: client.accessTokenFormat ?? undefined,
  id_token_signed_response_alg: client.idTokenAlgorithm,
  owner: client.owner,
  require_pkce: client.requirePkce ?? undefined,
  skip_consent: client.skipConsent,
  may_introspect: client.mayIntrospect,
  resources: client.resources,
  disabled: client.disabled,
});
