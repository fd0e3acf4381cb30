/** The parameters of the token endpoint; each grant type names those it needs. */
export class TokenRequestDto {
  /** @example client_credentials */
  grant_type!: string;

  /** authorization_code: the code from the redirect. */
  code?: string;

  /** authorization_code: as in the authorization request. */
  redirect_uri?: string;

  /** authorization_code: proof for the challenge of the authorization request (RFC 7636). */
  code_verifier?: string;

  /** refresh_token: the latest one. */
  refresh_token?: string;

  /** What to ask for, separated by spaces; left out: everything that was allowed. */
  scope?: string;

  /** The API that the token is for (RFC 8707). */
  resource?: string;

  /** For clients that authenticate in the form. */
  client_id?: string;

  /** For clients that authenticate in the form. */
  client_secret?: string;

  /** For clients that authenticate by JWT (RFC 7523). */
  client_assertion_type?: string;

  /** The JWT that they have signed. */
  client_assertion?: string;
}

/** RFC 6749 §5.1 */
export class TokenResponseDto {
  access_token!: string;

  /** @example Bearer */
  token_type!: string;

  /** Seconds. */
  expires_in!: number;

  /** @example read write */
  scope!: string;

  /** Replaces the one that was used. */
  refresh_token?: string;

  /** Who signed in (OpenID Connect Core §2). */
  id_token?: string;
}

/** RFC 6749 §5.2 */
export class OAuthErrorDto {
  /** @example invalid_grant */
  error!: string;

  error_description?: string;
}
