import { Controller, Get, Header, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientsService } from '../clients/index.js';
import { InvalidTokenError, OAuthErrorFilter, Scope } from '../common/index.js';
import { AccessToken, CurrentUser, RequireScopes } from '../resource-server/index.js';
import { ReleasedClaims } from '../tokens/index.js';
import type { LiveAccessToken } from '../tokens/index.js';
import type { User } from '../users/index.js';

/** Claims about whoever signed in. @see OpenID Connect Core §5.3 */
@ApiTags('OpenID Connect')
@Controller('oauth/userinfo')
@RequireScopes('openid')
@UseFilters(OAuthErrorFilter)
export class UserinfoController {
  constructor(
    private readonly claims: ReleasedClaims,
    private readonly clients: ClientsService,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Who the access token speaks for' })
  async show(@AccessToken() token: LiveAccessToken, @CurrentUser() user: User | null): Promise<object> {
    if (!user) throw new InvalidTokenError('the access token does not speak for a user');
    const client = await this.clients.findActive(token.clientId);
    const { scope, requestedClaims: names } = token;
    return this.claims.of(user, { scope, names, registered: client?.scope ?? Scope.none });
  }

  /** The same by POST, where the token may be in the form (RFC 6750 §2.2). */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiExcludeEndpoint()
  showByPost(@AccessToken() token: LiveAccessToken, @CurrentUser() user: User | null): Promise<object> {
    return this.show(token, user);
  }
}
