import type { Client } from '../clients/index.js';

/** A checked request of an application to sign its user out. @see OpenID Connect RP-Initiated Logout 1.0 §2 */
export interface LogoutRequest {
  /** Who asks; null where a person came by himself. */
  readonly client: Client | null;
  /** Where the person goes afterwards, `state` included: registered by the client. */
  readonly returnTo: string | null;
  /** Whether an ID token proves that the client has signed somebody in here: then the address is followed. */
  readonly isProven: boolean;
  /** The session that this ID token is of; to name the one at hand is to prove that its user is meant. */
  readonly sessionId: string | null;
  /** The parameters as they came: the confirmation repeats them, and they are checked again. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What the request may say; anything else is ignored. */
export const LOGOUT_PARAMETERS = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'] as const;
