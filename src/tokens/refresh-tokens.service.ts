import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/index.js';
import { Clock, InvalidGrantError, digestOf } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, prepared } from '../database/index.js';
import { EventsService } from '../events/index.js';
import type { Authorization } from './authorization.entity.js';
import { AUTHORIZATION_COLUMNS, authorizationFrom } from './authorization-row.js';
import type { AuthorizationRow } from './authorization-row.js';
import { AuthorizationsService } from './authorizations.service.js';
import { openResponse, sealResponse } from './sealed-response.js';
import type { SingleUse, TokenResponse } from './token-issuance.js';

const FIND = prepared(
  `SELECT t.client_id, t.expires_at, ${AUTHORIZATION_COLUMNS}
   FROM gh_refresh_token t JOIN gh_authorization a ON a.id = t.authorization_id WHERE t.digest = $1`,
);
const FIND_LIVE = prepared(
  `SELECT t.expires_at, ${AUTHORIZATION_COLUMNS}
   FROM gh_refresh_token t JOIN gh_authorization a ON a.id = t.authorization_id
   WHERE t.digest = $1 AND t.consumed_at IS NULL AND t.expires_at > $2 AND a.revoked_at IS NULL AND a.expires_at > $2`,
);
const FIND_CONSUMED = prepared(
  `SELECT t.consumed_at, t.sealed_response, a.revoked_at IS NOT NULL AS is_revoked,
     EXISTS (SELECT 1 FROM gh_refresh_token s WHERE s.digest = t.successor AND s.consumed_at IS NULL) AS is_latest
   FROM gh_refresh_token t JOIN gh_authorization a ON a.id = t.authorization_id WHERE t.digest = $1`,
);

interface ConsumedRow {
  consumed_at: Date | null;
  sealed_response: Buffer | null;
  is_revoked: boolean;
  is_latest: boolean;
}

/** A refresh token that this client may use, and how it is used up. */
export interface RefreshTokenUse {
  readonly authorization: Authorization;
  readonly uses: SingleUse;
}

/** Refresh tokens: every use replaces them, and an old one that turns up again ends the family. @see RFC 9700 §4.14.2 */
@Injectable()
export class RefreshTokensService {
  constructor(
    private readonly database: Database,
    private readonly authorizations: AuthorizationsService,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly events: EventsService,
  ) {}

  /** A refresh token that could be used at this moment. */
  async findLive(token: string): Promise<{ authorization: Authorization; expiresAt: Date } | null> {
    const values = [digestOf(token), this.clock.now()];
    const [row] = await this.database.run<AuthorizationRow & { expires_at: Date }>(FIND_LIVE, values);
    return row ? { authorization: authorizationFrom(row), expiresAt: row.expires_at } : null;
  }

  /** The family of a refresh token, used or not; null for anything that is none. */
  async find(token: string): Promise<Authorization | null> {
    const [row] = await this.database.run<AuthorizationRow>(FIND, [digestOf(token)]);
    return row ? authorizationFrom(row) : null;
  }

  /**
   * @throws InvalidGrantError when it is not this client's, has expired, or its family is over.
   * @see RFC 6749 §6
   */
  async redeem(client: Client, token: string): Promise<RefreshTokenUse> {
    const [row] = await this.database.run<AuthorizationRow & { expires_at: Date }>(FIND, [digestOf(token)]);
    const authorization = row && authorizationFrom(row);
    if (!authorization || authorization.clientId !== client.id) throw unknownToken();
    const now = this.clock.now();
    if (!authorization.isLive(now) || row.expires_at <= now) throw expiredToken();
    return { authorization, uses: this.rotation(client, token, authorization) };
  }

  private rotation(client: Client, token: string, authorization: Authorization): SingleUse {
    const digest = digestOf(token);
    return {
      consume: (bind, { response }) => {
        const now = bind(this.clock.now());
        return `UPDATE gh_refresh_token SET consumed_at = ${now}::timestamptz,
            successor = ${bind(digestOf(response.refresh_token ?? ''))}::bytea,
            sealed_response = ${bind(sealResponse(response, token))}::bytea
          WHERE digest = ${bind(digest)}::bytea AND consumed_at IS NULL AND expires_at > ${now}::timestamptz
          RETURNING digest`;
      },
      onLost: () => this.repeatOrRevoke(client, token, authorization),
    };
  }

  /** A retry of the immediate predecessor, shortly after, gets the answer it missed; anything else is theft. */
  private async repeatOrRevoke(
    client: Client,
    token: string,
    authorization: Authorization,
  ): Promise<TokenResponse> {
    const [row] = await this.database.run<ConsumedRow>(FIND_CONSUMED, [digestOf(token)]);
    if (!row?.consumed_at || row.is_revoked) throw expiredToken();
    const age = (this.clock.now().getTime() - row.consumed_at.getTime()) / 1000;
    if (row.is_latest && row.sealed_response && age < this.settings.refreshToken.grace) {
      const response = openResponse(row.sealed_response, token);
      return { ...response, expires_in: Math.max(1, Math.floor(response.expires_in - age)) };
    }
    await this.authorizations.revoke(authorization.id, 'a refresh token was used twice');
    this.events.emit('refresh_token.reused', { clientId: client.id, authorizationId: authorization.id });
    throw new InvalidGrantError('the refresh token was used before');
  }
}

const unknownToken = (): InvalidGrantError =>
  new InvalidGrantError('the refresh token is not valid for this client');
const expiredToken = (): InvalidGrantError =>
  new InvalidGrantError('the refresh token has expired or was revoked');
