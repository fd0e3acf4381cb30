import { Injectable } from '@nestjs/common';
import { ClientAuthenticator } from '../client-authentication/index.js';
import { FlowsInUseService } from '../clients/index.js';
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
    private readonly flows: FlowsInUseService,
  ) {}

  async metadata(): Promise<ServerMetadata> {
    const inUse = (await this.flows.find()).grant_types;
    return {
      token_endpoint: `${this.settings.issuer}/oauth/token`,
      token_endpoint_auth_methods_supported: this.authenticator.names,
      token_endpoint_auth_signing_alg_values_supported: this.authenticator.signingAlgorithms,
      grant_types_supported: this.offered(inUse),
    };
  }

  /** What is discouraged is named only where a client may use it. */
  private offered(inUse: readonly string[]): string[] {
    const { types, discouraged } = this.grants;
    return types.filter((type) => !discouraged.includes(type) || inUse.includes(type));
  }
}
