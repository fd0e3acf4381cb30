import { Authorization } from './authorization.entity.js';
import type { RequestedClaims } from './authorization.entity.js';

/** The columns of a family in a statement of the hot path, prefixed so that a join can carry them. */
export const AUTHORIZATION_COLUMNS = `a.id AS a_id, a.client_id AS a_client_id, a.subject AS a_subject,
  a.username AS a_username, a.scope AS a_scope, a.resources AS a_resources, a.session_id AS a_session_id,
  a.authenticated_at AS a_authenticated_at, a.methods AS a_methods, a.acr AS a_acr, a.claims AS a_claims, a.created_at AS a_created_at,
  a.expires_at AS a_expires_at, a.revoked_at AS a_revoked_at`;

export interface AuthorizationRow {
  a_id: string;
  a_client_id: string;
  a_subject: string;
  a_username: string | null;
  a_scope: string;
  a_resources: string[];
  a_session_id: string | null;
  a_authenticated_at: Date | null;
  a_methods: string[];
  a_acr: string | null;
  a_claims: RequestedClaims | null;
  a_created_at: Date;
  a_expires_at: Date;
  a_revoked_at: Date | null;
}

/** Without TypeORM's hydration, which costs more than the statement. */
export const authorizationFrom = (row: AuthorizationRow): Authorization =>
  Object.assign(new Authorization(), {
    id: row.a_id,
    clientId: row.a_client_id,
    subject: row.a_subject,
    username: row.a_username,
    grantedScope: row.a_scope,
    resources: row.a_resources,
    sessionId: row.a_session_id,
    authenticatedAt: row.a_authenticated_at,
    methods: row.a_methods,
    acr: row.a_acr,
    claims: row.a_claims,
    createdAt: row.a_created_at,
    expiresAt: row.a_expires_at,
    revokedAt: row.a_revoked_at,
  });
