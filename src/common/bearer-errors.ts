import { OAuthError } from './oauth-error.js';

const challenge = (parameters: Record<string, string>): string =>
  'Bearer ' +
  Object.entries({ realm: 'gatehouse', ...parameters })
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');

/** RFC 6750 §3: no token was sent, so the challenge names no error. */
export class MissingTokenError extends OAuthError {
  readonly code = 'invalid_token';
  override readonly status = 401;
  override readonly headers = { 'WWW-Authenticate': challenge({}) };
}

/** RFC 6750 §3.1: the token is unknown, expired, revoked or of the wrong kind. */
export class InvalidTokenError extends OAuthError {
  readonly code = 'invalid_token';
  override readonly status = 401;
  override readonly headers = {
    'WWW-Authenticate': challenge({ error: 'invalid_token', error_description: this.description }),
  };
}

/** RFC 6750 §3.1: the token is good, but does not carry what is needed here. */
export class InsufficientScopeError extends OAuthError {
  readonly code = 'insufficient_scope';
  override readonly status = 403;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(description: string, scope: string) {
    super(description);
    this.headers = { 'WWW-Authenticate': challenge({ error: this.code, scope }) };
  }
}
