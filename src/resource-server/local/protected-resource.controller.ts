import { Controller, Get, Header, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OAuthErrorFilter, Public } from '../../common/index.js';
import { Settings } from '../../config/index.js';
import { ScopesService } from '../../scopes/index.js';
import { protectedResourceMetadata } from '../protected-resource.js';
import type { ProtectedResourceMetadata } from '../protected-resource.js';

/** What the APIs in the process of the authorization server say about themselves: they are one resource, the issuer. */
@ApiTags('Discovery')
@Controller('.well-known')
@Public()
@UseFilters(OAuthErrorFilter)
export class ProtectedResourceController {
  constructor(
    private readonly settings: Settings,
    private readonly scopes: ScopesService,
  ) {}

  /** RFC 9728 §3 */
  @Get('oauth-protected-resource')
  @ApiOperation({ summary: 'Who issues tokens for the APIs of this server, and for which scopes' })
  @Header('Cache-Control', 'public, max-age=300')
  async metadata(): Promise<ProtectedResourceMetadata> {
    const { issuer } = this.settings;
    const free = (await this.scopes.list()).filter((scope) => !scope.restricted);
    return protectedResourceMetadata(issuer, issuer, { scopes: free.map(({ name }) => name) });
  }
}
