import { Injectable } from '@nestjs/common';
import { ClientsService, SubjectIdentifiers } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { numericDate } from '../common/index.js';
import { Settings } from '../config/index.js';
import {
  AccessTokensService,
  AuthorizationsService,
  ContributedClaims,
  RefreshTokensService,
} from '../tokens/index.js';
import type { LiveAccessToken } from '../tokens/index.js';
import type { IntrospectionResponseDto } from './introspection.dto.js';

const INACTIVE: IntrospectionResponseDto = Object.freeze({ active: false });

/** Says whether a token is valid and what it is, to those who may know. @see RFC 7662 §2.2 */
@Injectable()
export class IntrospectionService {
  constructor(
    private readonly accessTokens: AccessTokensService,
    private readonly refreshTokens: RefreshTokensService,
    private readonly authorizations: AuthorizationsService,
    private readonly contributed: ContributedClaims,
    private readonly clients: ClientsService,
    private readonly subjects: SubjectIdentifiers,
    private readonly settings: Settings,
  ) {}

  /** Whatever the reason, an inactive token is answered the same way. */
  async introspect(caller: Client, token: string, hint?: string): Promise<IntrospectionResponseDto> {
    if (hint === 'refresh_token') {
      return (await this.refreshToken(caller, token)) ?? (await this.accessToken(caller, token)) ?? INACTIVE;
    }
    return (await this.accessToken(caller, token)) ?? (await this.refreshToken(caller, token)) ?? INACTIVE;
  }

  private async accessToken(caller: Client, token: string): Promise<IntrospectionResponseDto | null> {
    const found = await this.accessTokens.find(token);
    if (!found) return null;
    const client = mayKnow(caller, found) ? await this.clients.findActive(found.clientId) : null;
    if (!client) return INACTIVE;
    const answer = this.describe(found, client);
    return this.contributed.has('introspection') ? this.completed(answer, found, client) : answer;
  }

  /** With what extensions add to what an access token stands for. */
  private async completed(answer: IntrospectionResponseDto, token: LiveAccessToken, client: Client) {
    const { subject, scope, audience: resources } = token;
    const authorization = await this.authorizations.findOf(token);
    const context = { client, subject, scope, resources, authorization };
    return { ...(await this.contributed.add('introspection', answer, context)), ...answer };
  }

  /** Only its own client has any business with a refresh token. */
  private async refreshToken(caller: Client, token: string): Promise<IntrospectionResponseDto | null> {
    const found = await this.refreshTokens.findLive(token);
    if (!found || found.authorization.clientId !== caller.id) return null;
    const { clientId, subject, username, scope, createdAt } = found.authorization;
    return {
      active: true,
      scope: scope.toString(),
      client_id: clientId,
      ...this.userOf(caller, subject, username),
      iat: numericDate(createdAt),
      exp: numericDate(found.expiresAt),
      iss: this.settings.issuer,
    };
  }

  private describe(token: LiveAccessToken, client: Client): IntrospectionResponseDto {
    return {
      active: true,
      scope: token.scope.toString(),
      client_id: token.clientId,
      token_type: 'Bearer',
      exp: numericDate(token.expiresAt),
      iat: numericDate(token.issuedAt),
      ...(token.subject === null ? { sub: client.id } : this.userOf(client, token.subject, token.username)),
      aud: token.audience.length === 1 ? token.audience[0]! : [...token.audience],
      iss: this.settings.issuer,
    };
  }

  /** As the token's own client knows the user; a name would undo what a pairwise identifier is for. */
  private userOf(client: Client, subject: string, username: string | null) {
    const sub = this.subjects.of(client, subject);
    return { sub, ...(username && client.subjectType === 'public' && { username }) };
  }
}

/** Its own client, or a resource server that it is meant for. @see RFC 7662 §4 */
const mayKnow = (caller: Client, token: LiveAccessToken): boolean =>
  caller.id === token.clientId || caller.answersFor(token.audience);
