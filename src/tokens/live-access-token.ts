import type { Scope } from '../common/index.js';

/** An access token that is valid at this moment. */
export interface LiveAccessToken {
  readonly clientId: string;
  /** Null when the client acts for itself. */
  readonly subject: string | null;
  readonly username: string | null;
  readonly scope: Scope;
  readonly audience: readonly string[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly authorizationId: string | null;
  /** Claims that userinfo gives beside those of the scope. @see OpenID Connect Core §5.5 */
  readonly requestedClaims: readonly string[];
}
