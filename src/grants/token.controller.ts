import { Body, Controller, Header, HttpCode, Post, UseFilters } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AuthenticatedClient, RequireClientAuthentication } from '../client-authentication/index.js';
import type { Client } from '../clients/index.js';
import { OAuthErrorFilter } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { OAuthErrorDto, TokenRequestDto, TokenResponseDto } from './token.dto.js';
import { GrantsService } from './grants.service.js';

@ApiTags('OAuth')
@Controller('oauth/token')
@RequireClientAuthentication('token')
@UseFilters(OAuthErrorFilter)
export class TokenController {
  constructor(private readonly grants: GrantsService) {}

  /** RFC 6749 §3.2 */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache') // RFC 6749 §5.1
  @ApiOperation({ summary: 'Exchange a grant for tokens' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenRequestDto })
  @ApiOkResponse({ type: TokenResponseDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  exchange(
    @AuthenticatedClient() client: Client,
    @Body() parameters: OAuthParameters,
  ): Promise<TokenResponseDto> {
    return this.grants.exchange(client, parameters);
  }
}
