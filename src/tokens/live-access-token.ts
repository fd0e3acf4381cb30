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
}
