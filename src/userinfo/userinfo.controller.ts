import { Controller, Get, Header, HttpCode, Post, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ClientsService } from '../clients/index.js';
import { InvalidTokenError, OAuthErrorFilter } from '../common/index.js';
import { AccessToken, CurrentUser, RequireScopes } from '../resource-server/index.js';
import type { LiveAccessToken } from '../tokens/index.js';
import type { User } from '../users/index.js';
import { UserinfoAnswers } from './userinfo-answers.service.js';

/** Claims about whoever signed in. @see OpenID Connect Core §5.3 */
@ApiTags('OpenID Connect')
@Controller('oauth/userinfo')
@RequireScopes('openid')
@UseFilters(OAuthErrorFilter)
export class UserinfoController {
  constructor(
    private readonly answers: UserinfoAnswers,
    private readonly clients: ClientsService,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Who the access token speaks for' })
  @ApiProduces('application/json', 'application/jwt')
  async show(
    @AccessToken() token: LiveAccessToken,
    @CurrentUser() user: User | null,
    @Res() response: Response,
  ): Promise<void> {
    if (!user) throw new InvalidTokenError('the access token does not speak for a user');
    const client = await this.clients.findActive(token.clientId);
    if (!client) throw new InvalidTokenError('the access token is not valid');
    const answer = await this.answers.about(user, token, client);
    if ('json' in answer) return void response.json(answer.json);
    // Not through send(), which adds a charset that the media type does not have (RFC 7519 §10.3).
    response.setHeader('Content-Type', 'application/jwt').end(answer.jwt);
  }

  /** The same by POST, where the token may be in the form (RFC 6750 §2.2). */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiExcludeEndpoint()
  showByPost(
    @AccessToken() token: LiveAccessToken,
    @CurrentUser() user: User | null,
    @Res() response: Response,
  ): Promise<void> {
    return this.show(token, user, response);
  }
}
