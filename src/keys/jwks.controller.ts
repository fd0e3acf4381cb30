import { Controller, Get, Header, Injectable, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OAuthErrorFilter, Public } from '../common/index.js';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';
import { JwtService } from './jwt.service.js';
import { JWKS_MAX_AGE } from './rotation-schedule.js';

@ApiTags('Discovery')
@Controller('oauth/jwks')
@Public()
@UseFilters(OAuthErrorFilter)
export class JwksController {
  constructor(private readonly jwt: JwtService) {}

  /** RFC 7517 §5 */
  @Get()
  @ApiOperation({ summary: 'The public keys that verify what this server signs' })
  @Header('Cache-Control', `public, max-age=${JWKS_MAX_AGE}`)
  jwks(): object {
    return this.jwt.jwks();
  }
}

@Injectable()
@ContributesMetadata()
export class JwksMetadata implements MetadataContributor {
  constructor(private readonly settings: Settings) {}

  metadata(): ServerMetadata {
    return { jwks_uri: `${this.settings.issuer}/oauth/jwks` };
  }
}
