import { Injectable } from '@nestjs/common';
import { ClientAuthenticator } from '../client-authentication/index.js';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';

@Injectable()
@ContributesMetadata()
export class IntrospectionMetadata implements MetadataContributor {
  constructor(
    private readonly settings: Settings,
    private readonly authenticator: ClientAuthenticator,
  ) {}

  metadata(): ServerMetadata {
    return {
      introspection_endpoint: `${this.settings.issuer}/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: this.authenticator.names.filter(
        (name) => name !== 'none',
      ),
      introspection_endpoint_auth_signing_alg_values_supported: this.authenticator.signingAlgorithms,
    };
  }
}
