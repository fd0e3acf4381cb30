import { Injectable } from '@nestjs/common';
import { ClientAuthenticator } from '../client-authentication/index.js';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';
import { GrantsService } from './grants.service.js';

@Injectable()
@ContributesMetadata()
export class GrantsMetadata implements MetadataContributor {
  constructor(
    private readonly settings: Settings,
    private readonly grants: GrantsService,
    private readonly authenticator: ClientAuthenticator,
  ) {}

  metadata(): ServerMetadata {
    return {
      token_endpoint: `${this.settings.issuer}/oauth/token`,
      token_endpoint_auth_methods_supported: this.authenticator.names,
      grant_types_supported: this.grants.types,
    };
  }
}
