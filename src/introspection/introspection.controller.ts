import { Body, Controller, Header, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthenticatedClient, RequireClientAuthentication } from '../client-authentication/index.js';
import type { Client } from '../clients/index.js';
import { InvalidClientError, InvalidRequestError, OAuthErrorFilter } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { IntrospectionRequestDto, IntrospectionResponseDto } from './introspection.dto.js';
import { IntrospectionService } from './introspection.service.js';

@ApiTags('OAuth')
@Controller('oauth/introspect')
@RequireClientAuthentication('introspection')
@UseFilters(OAuthErrorFilter)
export class IntrospectionController {
  constructor(private readonly introspection: IntrospectionService) {}

  /** RFC 7662 §2.1 */
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Ask whether a token is valid' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: IntrospectionRequestDto })
  @ApiOkResponse({ type: IntrospectionResponseDto })
  async introspect(
    @AuthenticatedClient() client: Client,
    @Body() { token, token_type_hint: hint }: OAuthParameters,
  ): Promise<IntrospectionResponseDto> {
    // RFC 7662 §4: whoever cannot prove himself must not be able to try tokens out.
    if (client.isPublic) throw new InvalidClientError('a public client may not introspect');
    if (token === undefined) throw new InvalidRequestError('token is missing', { parameter: 'token' });
    return this.introspection.introspect(client, token, hint);
  }
}
