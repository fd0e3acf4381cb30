/** Every event, with its payload: plain data, never a credential. */
export interface OAuthEventMap {
  'client.registered': { clientId: string; by: string };
  'client.updated': { clientId: string; by: string };
  'client.deleted': { clientId: string; by: string };
  'client.secret_created': { clientId: string; secretId: string; by: string };
  'client.secret_deleted': { clientId: string; secretId: string; by: string };
  'client.authentication_failed': { clientId: string | null; reason: string };
  'user.signed_in': { subject: string; sessionId: string };
  'user.sign_in_failed': { username: string };
  'user.signed_up': { subject: string; username: string };
  'user.signed_out': { subject: string; sessionId: string };
  /** An application has heard of a sign-out. */
  'logout.delivered': { clientId: string; sessionId: string; attempts: number };
  /** It has not, and will not be told again. */
  'logout.undelivered': { clientId: string; sessionId: string; attempts: number; reason: string };
  'consent.given': { subject: string; clientId: string; scope: string };
  'consent.denied': { subject: string; clientId: string };
  'consent.withdrawn': { subject: string; clientId: string };
  'authorization.refused': {
    clientId: string;
    error: string;
    description: string;
    parameter: string | null;
    /** The redirect URI that was asked for, when it is what was wrong. */
    requested: string | null;
  };
  'authorization.revoked': { authorizationId: string; reason: string };
  'token.issued': { clientId: string; subject: string | null; scope: string };
  'token.refused': { clientId: string; error: string; description: string };
  'token.revoked': { clientId: string; authorizationId: string | null };
  'refresh_token.reused': { clientId: string; authorizationId: string };
  'authorization_code.reused': { clientId: string; authorizationId: string };
  'key.created': { kid: string; alg: string };
}

export type OAuthEventName = keyof OAuthEventMap;
