import { Injectable } from '@nestjs/common';
import { ClientAuthenticator } from '../client-authentication/index.js';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';

@Injectable()
@ContributesMetadata()
export class RevocationMetadata implements MetadataContributor {
  constructor(
    private readonly settings: Settings,
    private readonly authenticator: ClientAuthenticator,
  ) {}

  metadata(): ServerMetadata {
    return {
      revocation_endpoint: `${this.settings.issuer}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: this.authenticator.names,
      revocation_endpoint_auth_signing_alg_values_supported: this.authenticator.signingAlgorithms,
    };
  }
}
