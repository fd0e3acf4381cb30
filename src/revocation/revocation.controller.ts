import { Body, Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AuthenticatedClient, RequireClientAuthentication } from '../client-authentication/index.js';
import type { Client } from '../clients/index.js';
import { InvalidRequestError, OAuthErrorFilter } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { RevocationRequestDto } from './revocation.dto.js';
import { RevocationService } from './revocation.service.js';

@ApiTags('OAuth')
@Controller('oauth/revoke')
@RequireClientAuthentication('revocation')
@UseFilters(OAuthErrorFilter)
export class RevocationController {
  constructor(private readonly revocation: RevocationService) {}

  /**
   * RFC 7009 §2.1; a token that is unknown is revoked already. Clients ignore the body (§2.2), but some that ask
   * for JSON parse it first.
   */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'End a token and everything of its family' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: RevocationRequestDto })
  @ApiOkResponse({ description: 'It is dead, or never was' })
  async revoke(
    @Req() request: Request,
    @AuthenticatedClient() client: Client,
    @Body() { token }: OAuthParameters,
  ): Promise<object | undefined> {
    if (token === undefined) throw new InvalidRequestError('token is missing', { parameter: 'token' });
    await this.revocation.revoke(client, token);
    return request.headers.accept?.includes('application/json') ? {} : undefined;
  }
}
