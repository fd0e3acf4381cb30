import type { Scope } from '../common/index.js';
import type { Client } from '../clients/index.js';
import type { Authorization } from './authorization.entity.js';
import type { Bind } from './bind.js';

/** Tokens that an issuance may carry beside the access token. */
export type AdditionalToken = 'refresh_token' | 'id_token';

/**
 * A credential that is used up by the issuance, in the very statement that stores its tokens:
 * either both happen, or neither.
 */
export interface SingleUse {
  /** An UPDATE of the credential WHERE it is still unused, RETURNING a row when it was. */
  consume(bind: Bind, response: SealedResponse): string;
  /** Another request was faster: what to answer, or what to throw. */
  onLost(): Promise<TokenResponse>;
}

/** What a credential may remember of the answer it led to. */
export interface SealedResponse {
  readonly response: TokenResponse;
}

/** A grant's decision: what is to be issued. The engine alone mints, binds, stores and reports it. */
export interface TokenIssuance {
  readonly client: Client;
  /** Whom the tokens speak for; null when the client acts for itself. */
  readonly subject: string | null;
  /** Narrowed to what the client is registered for. */
  readonly scope: Scope;
  /** Resource identifiers (RFC 8707); none = this server's own APIs. */
  readonly resources?: readonly string[];
  /** The family that the tokens belong to; without one, a new family is made for a subject. */
  readonly authorization?: Authorization;
  readonly tokens?: readonly AdditionalToken[];
  /** Goes into the ID token. @see OpenID Connect Core §2 */
  readonly nonce?: string | null;
  readonly uses?: SingleUse;
}

/** @see RFC 6749 §5.1 */
export interface TokenResponse {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  scope: string;
  refresh_token?: string;
  id_token?: string;
}
