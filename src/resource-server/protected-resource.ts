import { isSecureUrl } from './resource-server-options.js';
import type { ResourceDescription, ResourceServerOptions } from './resource-server-options.js';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** What an API says about itself. @see RFC 9728 §2 */
export type ProtectedResourceMetadata = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Where the API of this identifier describes itself: the well-known part stands between its host and its path. Null
 * for an identifier that is no address.
 * @see RFC 9728 §3
 */
export function resourceMetadataUrl(identifier: string): string | null {
  if (!isSecureUrl(identifier) || /[?#]/.test(identifier)) return null;
  const { origin, pathname } = new URL(identifier);
  return `${origin}${WELL_KNOWN}${pathname === '/' ? '' : pathname}`;
}

/** The same for an API that may keep it to itself. */
export const publishedAt = ({ audience, metadata }: ResourceServerOptions): string | null =>
  metadata === false ? null : resourceMetadataUrl(audience);

/** The document. Members without a value are not in its JSON. */
export const protectedResourceMetadata = (
  identifier: string,
  issuer: string,
  { name, scopes, documentation, policy, termsOfService }: ResourceDescription = {},
): ProtectedResourceMetadata => ({
  resource: identifier,
  authorization_servers: [issuer],
  // RFC 9728 §2: a list of zero elements is left out.
  scopes_supported: scopes?.length ? scopes : undefined,
  bearer_methods_supported: ['header'],
  resource_name: name,
  resource_documentation: documentation,
  resource_policy_uri: policy,
  resource_tos_uri: termsOfService,
});
