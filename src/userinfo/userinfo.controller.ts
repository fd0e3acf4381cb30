import { Controller, Get, Header, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InvalidTokenError, OAuthErrorFilter } from '../common/index.js';
import { AccessToken, CurrentUser, RequireScopes } from '../resource-server/index.js';
import type { LiveAccessToken } from '../tokens/index.js';
import type { User } from '../users/index.js';
import { ReleasedClaims } from './released-claims.js';

/** Claims about whoever signed in. @see OpenID Connect Core §5.3 */
@ApiTags('OpenID Connect')
@Controller('oauth/userinfo')
@RequireScopes('openid')
@UseFilters(OAuthErrorFilter)
export class UserinfoController {
  constructor(private readonly claims: ReleasedClaims) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Who the access token speaks for' })
  show(@AccessToken() token: LiveAccessToken, @CurrentUser() user: User | null): Promise<object> {
    if (!user) throw new InvalidTokenError('the access token does not speak for a user');
    return this.claims.of(user, token.scope);
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
