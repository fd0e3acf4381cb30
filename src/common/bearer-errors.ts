import { OAuthError } from './oauth-error.js';
import type { Challenge } from './oauth-error.js';

const bearer = (parameters: Challenge['parameters']): Challenge => ({ scheme: 'Bearer', parameters });

/** RFC 6750 §3: no token was sent, so the challenge names no error. */
export class MissingTokenError extends OAuthError {
  readonly code = 'invalid_token';
  override readonly status = 401;
  override readonly challenge = bearer({});
}

/** RFC 6750 §3.1: the token is unknown, expired, revoked or of the wrong kind. */
export class InvalidTokenError extends OAuthError {
  readonly code = 'invalid_token';
  override readonly status = 401;
  override readonly challenge = bearer({
    error: 'invalid_token',
    error_description: this.description,
  });
}

/** RFC 6750 §3.1: the token is good, but does not carry what is needed here. */
export class InsufficientScopeError extends OAuthError {
  readonly code = 'insufficient_scope';
  override readonly status = 403;
  override readonly challenge: Challenge;

  constructor(description: string, scope: string) {
    super(description);
    this.challenge = bearer({ error: this.code, scope });
  }
}
