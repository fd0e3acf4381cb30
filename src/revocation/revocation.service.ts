import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/index.js';
import { EventsService } from '../events/index.js';
import { AccessTokensService, AuthorizationsService, RefreshTokensService } from '../tokens/index.js';

const REASON = 'revoked by the client';

/** Ends tokens at their client's wish. @see RFC 7009 §2.1 */
@Injectable()
export class RevocationService {
  constructor(
    private readonly accessTokens: AccessTokensService,
    private readonly refreshTokens: RefreshTokensService,
    private readonly authorizations: AuthorizationsService,
    private readonly events: EventsService,
  ) {}

  /**
   * A token that is part of a family takes the family with it: a client that signs out leaves nothing alive behind.
   * What is unknown or another client's is left as it is, and the answer is the same.
   */
  async revoke(client: Client, token: string): Promise<void> {
    const refreshable = await this.refreshTokens.find(token);
    if (refreshable) return this.revokeFamily(client, refreshable.clientId, refreshable.id);
    const access = await this.accessTokens.find(token);
    if (!access) return;
    if (access.authorizationId) return this.revokeFamily(client, access.clientId, access.authorizationId);
    if (access.clientId !== client.id) return;
    await this.accessTokens.revoke(token);
    this.events.emit('token.revoked', { clientId: client.id, authorizationId: null });
  }

  private async revokeFamily(client: Client, ownerId: string, authorizationId: string): Promise<void> {
    if (ownerId !== client.id) return;
    await this.authorizations.revoke(authorizationId, REASON);
    this.events.emit('token.revoked', { clientId: client.id, authorizationId });
  }
}
