import { OAuthError } from './oauth-error.js';
import type { Challenge, OAuthErrorOptions } from './oauth-error.js';

/** RFC 6749 §4.1.2.1, §5.2: a parameter is missing, repeated or malformed. */
export class InvalidRequestError extends OAuthError {
  readonly code = 'invalid_request';
}

/** A body that is too large: RFC 9110 §15.5.14 with the OAuth code of a bad request. */
export class RequestTooLargeError extends InvalidRequestError {
  override readonly status = 413;
}

/** A content type that the endpoint does not take: RFC 9110 §15.5.16. */
export class UnsupportedMediaTypeError extends InvalidRequestError {
  override readonly status = 415;
}

/** RFC 9110 §15.5.6, with the OAuth code of a bad request. */
export class MethodNotAllowedError extends InvalidRequestError {
  override readonly status = 405;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(allowed: string) {
    super(`the method must be ${allowed}`);
    this.headers = { Allow: allowed };
  }
}

/** RFC 6749 §5.2: the client is unknown, or did not prove itself. */
export class InvalidClientError extends OAuthError {
  readonly code = 'invalid_client';
  override readonly status = 401;
  override readonly challenge?: Challenge;

  constructor(description: string, options: OAuthErrorOptions & { challenge?: boolean } = {}) {
    super(description, options);
    if (options.challenge) this.challenge = { scheme: 'Basic', parameters: { charset: 'UTF-8' } };
  }
}

/** RFC 6749 §5.2: the code, refresh token or other grant is wrong, used, expired or someone else's. */
export class InvalidGrantError extends OAuthError {
  readonly code = 'invalid_grant';
}

/** RFC 6749 §4.1.2.1, §5.2: this client may not use this grant or response type. */
export class UnauthorizedClientError extends OAuthError {
  readonly code = 'unauthorized_client';
}

/** RFC 6749 §5.2: no such grant type here. */
export class UnsupportedGrantTypeError extends OAuthError {
  readonly code = 'unsupported_grant_type';
}

/** RFC 6749 §4.1.2.1: no such response type here. */
export class UnsupportedResponseTypeError extends OAuthError {
  readonly code = 'unsupported_response_type';
}

/** RFC 6749 §4.1.2.1, §5.2: the scope is unknown, malformed or more than allowed. */
export class InvalidScopeError extends OAuthError {
  readonly code = 'invalid_scope';
}

/** RFC 8707 §2: the resource is unknown or not for this client. */
export class InvalidTargetError extends OAuthError {
  readonly code = 'invalid_target';
}

/** RFC 6749 §4.1.2.1: the person said no. */
export class AccessDeniedError extends OAuthError {
  readonly code = 'access_denied';
  override readonly status = 403;
}

/** OpenID Connect Core §3.1.2.6: prompt=none, but nobody is signed in. */
export class LoginRequiredError extends OAuthError {
  readonly code = 'login_required';
}

/** OpenID Connect Core §3.1.2.6: prompt=none, but the person was not asked yet. */
export class ConsentRequiredError extends OAuthError {
  readonly code = 'consent_required';
}

/** OpenID Connect Core Error Code unmet_authentication_requirements 1.0: the user cannot sign in that way here. */
export class UnmetAuthenticationRequirementsError extends OAuthError {
  readonly code = 'unmet_authentication_requirements';
}

/** OpenID Connect Core §3.1.2.6: prompt=none, but a page wants something of the person. */
export class InteractionRequiredError extends OAuthError {
  readonly code = 'interaction_required';
}

/** In the manner of RFC 9470 §3: the user's sign-in was too weak, or too long ago. */
export class InsufficientUserAuthenticationError extends OAuthError {
  readonly code = 'insufficient_user_authentication';
}

/** OpenID Connect Core §3.1.2.6, RFC 9101 §7: the request object is not what the client has registered or signed. */
export class InvalidRequestObjectError extends OAuthError {
  readonly code = 'invalid_request_object';
}

/** OpenID Connect Core §3.1.2.6, RFC 9101 §7: nothing usable is where the request_uri leads. */
export class InvalidRequestUriError extends OAuthError {
  readonly code = 'invalid_request_uri';
}

/** OpenID Connect Core §3.1.2.6: request objects are not offered. */
export class RequestNotSupportedError extends OAuthError {
  readonly code = 'request_not_supported';
}

/** OpenID Connect Core §3.1.2.6: request objects by reference are not offered. */
export class RequestUriNotSupportedError extends OAuthError {
  readonly code = 'request_uri_not_supported';
}

/** OpenID Connect Core §3.1.2.6: self-issued registration is not offered. */
export class RegistrationNotSupportedError extends OAuthError {
  readonly code = 'registration_not_supported';
}

/** RFC 7591 §3.2.2: a field of the client's metadata is not acceptable. */
export class InvalidClientMetadataError extends OAuthError {
  readonly code: string = 'invalid_client_metadata';
}

/** RFC 7591 §3.2.2: a redirect URI is not acceptable. */
export class InvalidRedirectUriError extends InvalidClientMetadataError {
  override readonly code = 'invalid_redirect_uri';
}

/** RFC 6749 §4.1.2.1: something here is broken. */
export class ServerError extends OAuthError {
  readonly code = 'server_error';
  override readonly status = 500;
}

/** RFC 6749 §4.1.2.1: not now; the answer says when to try again (seconds). */
export class TemporarilyUnavailableError extends OAuthError {
  readonly code = 'temporarily_unavailable';
  override readonly status = 503;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(description: string, options: OAuthErrorOptions & { retryAfter?: number } = {}) {
    super(description, options);
    this.headers = { 'Retry-After': String(options.retryAfter ?? 1) };
  }
}
