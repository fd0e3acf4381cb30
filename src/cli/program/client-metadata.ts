/** What may be said of a client on the command line. */
export interface ClientOptions {
  readonly type: 'confidential' | 'public';
  readonly grant?: readonly string[];
  readonly clientId?: string;
  readonly name?: string;
  readonly redirectUri?: readonly string[];
  readonly postLogoutRedirectUri?: readonly string[];
  readonly allowedOrigin?: readonly string[];
  readonly scope?: string;
  readonly skipConsent?: boolean;
  readonly idTokenAlg?: string;
  readonly accessTokenFormat?: string;
  readonly mayIntrospect?: boolean;
}

/** The same by the names of RFC 7591; what was not said is left to its default. */
export function metadataOf(options: ClientOptions, secret?: string): Record<string, unknown> {
  const metadata = {
    client_id: options.clientId,
    client_secret: secret,
    client_name: options.name,
    token_endpoint_auth_method: options.type === 'public' ? 'none' : 'client_secret_basic',
    grant_types: options.grant,
    redirect_uris: options.redirectUri,
    post_logout_redirect_uris: options.postLogoutRedirectUri,
    allowed_origins: options.allowedOrigin,
    scope: options.scope,
    skip_consent: options.skipConsent,
    id_token_signed_response_alg: options.idTokenAlg,
    access_token_format: options.accessTokenFormat,
    may_introspect: options.mayIntrospect,
  };
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}
