import { Controller, Get, Header, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OAuthErrorFilter, Public } from '../common/index.js';
import { MetadataService } from './metadata.service.js';
import type { ServerMetadata } from './server-metadata.js';

@ApiTags('Discovery')
@Controller('.well-known')
@Public()
@UseFilters(OAuthErrorFilter)
export class MetadataController {
  constructor(private readonly metadata: MetadataService) {}

  /** OpenID Connect Discovery 1.0 §4 */
  @Get('openid-configuration')
  @ApiOperation({ summary: 'What this OpenID Provider offers' })
  @Header('Cache-Control', 'public, max-age=300')
  openidConfiguration(): Promise<ServerMetadata> {
    return this.metadata.document();
  }

  /** RFC 8414 §3 */
  @Get('oauth-authorization-server')
  @ApiOperation({ summary: 'What this authorization server offers' })
  @Header('Cache-Control', 'public, max-age=300')
  authorizationServer(): Promise<ServerMetadata> {
    return this.metadata.document();
  }
}
