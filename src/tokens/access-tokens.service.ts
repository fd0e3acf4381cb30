import { Injectable } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import { ClientsService } from '../clients/index.js';
import { Clock, Scope, digestOf } from '../common/index.js';
import { Database, prepared } from '../database/index.js';
import { OnOAuthEvent } from '../events/index.js';
import type { OAuthEventMap } from '../events/index.js';
import { JwtService } from '../keys/index.js';
import type { RequestedClaims } from './authorization.entity.js';
import type { LiveAccessToken } from './live-access-token.js';

const FIND_OPAQUE = prepared(
  `SELECT t.client_id, t.subject, a.username, a.claims, t.scope, t.audience, t.issued_at, t.expires_at, t.authorization_id
   FROM gh_access_token t LEFT JOIN gh_authorization a ON a.id = t.authorization_id
   WHERE t.digest = $1 AND t.expires_at > $2 AND t.revoked_at IS NULL
     AND (t.authorization_id IS NULL OR (a.revoked_at IS NULL AND a.expires_at > $2))`,
);
const IS_JWT_ALIVE = prepared(
  `SELECT a.subject, a.username, a.claims FROM (SELECT $1::uuid AS jti, $2::uuid AS authorization_id) AS t
   LEFT JOIN gh_authorization a ON a.id = t.authorization_id
   WHERE NOT EXISTS (SELECT 1 FROM gh_revoked_access_token r WHERE r.id = t.jti)
     AND (t.authorization_id IS NULL OR (a.revoked_at IS NULL AND a.expires_at > $3))`,
);
const REVOKE_OPAQUE = prepared(
  'UPDATE gh_access_token SET revoked_at = $2 WHERE digest = $1 AND revoked_at IS NULL',
);
const REVOKE_OF_CLIENT = prepared(
  'UPDATE gh_access_token SET revoked_at = $2 WHERE client_id = $1 AND revoked_at IS NULL',
);
const REVOKE_JWT = prepared(
  'INSERT INTO gh_revoked_access_token (id, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);

/** What only the family knows. */
interface FamilyRow {
  subject: string | null;
  username: string | null;
  claims: RequestedClaims | null;
}

interface OpaqueRow extends FamilyRow {
  client_id: string;
  scope: string;
  audience: string[];
  issued_at: Date;
  expires_at: Date;
  authorization_id: string | null;
}

/** Looks access tokens up, whatever their format: one statement each. */
@Injectable()
export class AccessTokensService {
  constructor(
    private readonly database: Database,
    private readonly clients: ClientsService,
    private readonly clock: Clock,
    private readonly jwt: JwtService,
  ) {}

  /** The token, if it is valid: not expired, not revoked, its family and its client alive. */
  async find(token: string): Promise<LiveAccessToken | null> {
    const found = isJwt(token) ? await this.findJwt(token) : await this.findOpaque(token);
    return found && (await this.clients.findActive(found.clientId)) ? found : null;
  }

  /** Ends this one token; one that belongs to a family ends with it. */
  async revoke(token: string): Promise<void> {
    if (!isJwt(token))
      return void (await this.database.run(REVOKE_OPAQUE, [digestOf(token), this.clock.now()]));
    const claims = await this.jwt.verify(token, 'at+jwt');
    if (claims) await this.database.run(REVOKE_JWT, [claims.jti, dateOf(claims.exp)]);
  }

  /** A machine's own tokens have no family that could be revoked. What is self-contained ends with its short life. */
  @OnOAuthEvent('client.deleted')
  async revokeOfClient({ clientId }: OAuthEventMap['client.deleted']): Promise<void> {
    await this.database.run(REVOKE_OF_CLIENT, [clientId, this.clock.now()]);
  }

  private async findOpaque(token: string): Promise<LiveAccessToken | null> {
    const [row] = await this.database.run<OpaqueRow>(FIND_OPAQUE, [digestOf(token), this.clock.now()]);
    return row ? fromRow(row) : null;
  }

  private async findJwt(token: string): Promise<LiveAccessToken | null> {
    const claims = await this.jwt.verify(token, 'at+jwt');
    if (!claims) return null;
    const values = [claims.jti, claims['authorization_id'] ?? null, this.clock.now()];
    const [row] = await this.database.run<FamilyRow>(IS_JWT_ALIVE, values);
    return row ? fromClaims(claims, row) : null;
  }
}

/** An opaque token is base64url, which has no dot. */
const isJwt = (token: string): boolean => token.includes('.');

const dateOf = (seconds: number | undefined): Date => new Date((seconds ?? 0) * 1000);

const fromRow = (row: OpaqueRow): LiveAccessToken => ({
  clientId: row.client_id,
  subject: row.subject,
  username: row.username,
  scope: Scope.parse(row.scope),
  audience: row.audience,
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
  authorizationId: row.authorization_id,
  requestedClaims: row.claims?.userinfo ?? [],
});

const fromClaims = (claims: JWTPayload, family: FamilyRow): LiveAccessToken => ({
  clientId: claims['client_id'] as string,
  // The token itself says by which identifier its client knows the user.
  subject: family.subject,
  username: family.username,
  scope: Scope.parse(claims['scope'] as string),
  audience: [claims.aud ?? []].flat(),
  issuedAt: dateOf(claims.iat),
  expiresAt: dateOf(claims.exp),
  authorizationId: (claims['authorization_id'] as string | undefined) ?? null,
  requestedClaims: family.claims?.userinfo ?? [],
});
