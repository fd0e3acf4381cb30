import { grantTypesFor, responseParts, toOpenIdMetadata } from '../clients/index.js';
import type { Client, ClientMetadata } from '../clients/index.js';
import { Scope } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import type { ApplicationValues } from '../pages/index.js';
import { NOTHING_ADVANCED, advancedMetadata, advancedOf, typedAdvanced } from './advanced-values.js';

/** What the form of a new application starts with: the most common kind. */
export const BLANK: ApplicationValues = {
  client_name: '',
  application_type: 'web',
  confidential: true,
  redirect_uris: '',
  post_logout_redirect_uris: '',
  allowed_origins: '',
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile email',
  logo_uri: '',
  client_uri: '',
  policy_uri: '',
  tos_uri: '',
  access_token_format: 'opaque',
  ...NOTHING_ADVANCED,
};

/** @param defaultFormat of the access tokens of clients that name none */
export const valuesOf = (client: Client, defaultFormat: string): ApplicationValues => ({
  client_name: client.name,
  application_type: client.applicationType,
  confidential: !client.isPublic,
  redirect_uris: client.redirectUris.join('\n'),
  post_logout_redirect_uris: client.postLogoutRedirectUris.join('\n'),
  allowed_origins: client.allowedOrigins.join('\n'),
  grant_types: client.grantTypes,
  scope: client.registeredScope,
  logo_uri: client.logoUri ?? '',
  client_uri: client.clientUri ?? '',
  policy_uri: client.policyUri ?? '',
  tos_uri: client.tosUri ?? '',
  access_token_format: client.accessTokenFormat ?? defaultFormat,
  ...advancedOf(client),
});

/**
 * What was typed, field by field and nothing else, so that no other parameter can reach the client. A browser
 * leaves out neither text fields nor radio buttons; where one is missing, a choice stays as it was.
 */
export const typedValues = (form: OAuthParameters, before: ApplicationValues): ApplicationValues => ({
  client_name: form['client_name']?.trim() ?? '',
  application_type: form['application_type'] ?? before.application_type,
  confidential: form['confidential'] === undefined ? before.confidential : form['confidential'] !== 'false',
  redirect_uris: form['redirect_uris'] ?? '',
  post_logout_redirect_uris: form['post_logout_redirect_uris'] ?? '',
  allowed_origins: form['allowed_origins'] ?? '',
  grant_types: words(form['grant_types']),
  scope: words(form['scope']).join(' '),
  logo_uri: form['logo_uri']?.trim() ?? '',
  client_uri: form['client_uri']?.trim() ?? '',
  policy_uri: form['policy_uri']?.trim() ?? '',
  tos_uri: form['tos_uri']?.trim() ?? '',
  access_token_format: form['access_token_format'] ?? before.access_token_format,
  ...typedAdvanced(form, before),
});

/** The metadata that the values stand for, by RFC 7591's names. */
export const metadataOf = (values: ApplicationValues): ClientMetadata => ({
  client_name: values.client_name || undefined,
  application_type: values.application_type as ClientMetadata['application_type'],
  token_endpoint_auth_method: authenticationMethod(values),
  redirect_uris: lines(values.redirect_uris),
  post_logout_redirect_uris: lines(values.post_logout_redirect_uris),
  allowed_origins: lines(values.allowed_origins),
  grant_types: [...values.grant_types],
  scope: values.scope,
  logo_uri: values.logo_uri || undefined,
  client_uri: values.client_uri || undefined,
  policy_uri: values.policy_uri || undefined,
  tos_uri: values.tos_uri || undefined,
  access_token_format: values.access_token_format as ClientMetadata['access_token_format'],
  ...advancedMetadata(values),
});

function authenticationMethod({ confidential, uses_key }: ApplicationValues): string {
  if (!confidential) return 'none';
  return uses_key ? 'private_key_jwt' : 'client_secret_basic';
}

/**
 * The same for a client that exists: what the form does not show is kept, be it a way to authenticate, an
 * algorithm, or a scope or grant type that only an operator gives.
 */
export function changedMetadata(values: ApplicationValues, client: Client, offer: Offer): ClientMetadata {
  const metadata = metadataOf(values);
  const keepsSecret = values.confidential && !client.isPublic;
  const keepsMethod = keepsSecret && values.uses_key === advancedOf(client).uses_key;
  const grantTypes = [...values.grant_types, ...client.grantTypes.filter(isNotIn(offer.grantTypes))];
  return {
    ...openIdMetadata(client, { keepsSecret: values.confidential, keepsMethod }),
    ...metadata,
    ...(keepsSecret ? secretMetadata(client) : {}),
    ...(keepsMethod && { token_endpoint_auth_method: client.authenticationMethod }),
    grant_types: grantTypes,
    response_types: fittingResponseTypes(client, grantTypes),
    scope: new Scope([...words(values.scope), ...[...client.scope].filter(isNotIn(offer.scopes))]).toString(),
  };
}

/** All that the form does not show, but what a client has because of how it authenticates, once it no longer does. */
function openIdMetadata(
  client: Client,
  keeps: { keepsSecret: boolean; keepsMethod: boolean },
): ClientMetadata {
  const isKept = ([name, value]: [string, unknown]): boolean =>
    (keeps.keepsSecret || value !== 'HS256') &&
    (keeps.keepsMethod || name !== 'token_endpoint_auth_signing_alg');
  return Object.fromEntries(Object.entries(toOpenIdMetadata(client)).filter(isKept));
}

/** What means something to a client that keeps a secret only. */
const secretMetadata = (client: Client): ClientMetadata => ({
  introspection_endpoint_auth_method: client.introspectionAuthenticationMethod ?? undefined,
  revocation_endpoint_auth_method: client.revocationAuthenticationMethod ?? undefined,
  readable_secret: client.readableSecret,
});

/** Those that it has and may keep, and `code` where it was just allowed. @see RFC 7591 §2.1 */
function fittingResponseTypes(client: Client, grantTypes: readonly string[]): string[] {
  const needs = (type: string) => grantTypesFor(responseParts(type) ?? new Set());
  const kept = client.responseTypes.filter((type) =>
    needs(type).every((grant) => grantTypes.includes(grant)),
  );
  const lacksCode = !kept.some((type) => needs(type).includes('authorization_code'));
  return grantTypes.includes('authorization_code') && lacksCode ? [...kept, 'code'] : kept;
}

/** What everybody may choose from. */
export interface Offer {
  readonly grantTypes: readonly string[];
  readonly scopes: readonly string[];
}

const isNotIn = (offered: readonly string[]) => (name: string) => !offered.includes(name);

export const lines = (text: string): string[] => [
  ...new Set(
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

const words = (text: string | undefined): string[] => [...new Set(text?.split(/\s+/).filter(Boolean))];
