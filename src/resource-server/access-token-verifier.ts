import type { Scope } from '../common/scope.js';

/** What an API may know of an access token that is valid at this moment. */
export interface VerifiedAccessToken {
  readonly clientId: string;
  /** Null when the client acts for itself. */
  readonly subject: string | null;
  readonly scope: Scope;
  readonly audience: readonly string[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Whom an access token speaks for. In the process of the authorization server it is the `User` of the user store. */
export interface TokenUser {
  readonly subject: string;
  /** Null where the token alone does not tell: a JWT without introspection. */
  readonly username: string | null;
  readonly roles: readonly string[];
  /** What else is known: of the user in the same process, or what the token or its introspection says. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface VerifiedAccess {
  readonly token: VerifiedAccessToken;
  /** Null when the client acts for itself. */
  readonly user: TokenUser | null;
}

/** Decides whether an access token is good at this API: bound to a look-up here, or to an issuer elsewhere. */
export abstract class AccessTokenVerifier {
  /** Where this API describes itself, for its challenges; null when it does not. @see RFC 9728 §5.1 */
  readonly resourceMetadata: string | null = null;

  /**
   * @throws InvalidTokenError when it is unknown, expired, revoked, or meant for another API (401).
   * @throws TemporarilyUnavailableError when that cannot be found out now (503); never let through instead.
   */
  abstract verify(token: string): Promise<VerifiedAccess>;
}
