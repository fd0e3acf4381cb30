import { Injectable } from '@nestjs/common';
import {
  CONTENT_ENCRYPTIONS,
  FlowsInUseService,
  KEY_WRAPPINGS,
  SIGNING_ALGORITHMS,
} from '../clients/index.js';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';

@Injectable()
@ContributesMetadata()
export class UserinfoMetadata implements MetadataContributor {
  constructor(
    private readonly settings: Settings,
    private readonly flows: FlowsInUseService,
  ) {}

  async metadata(): Promise<ServerMetadata> {
    const { hs256 } = await this.flows.find();
    return {
      userinfo_endpoint: `${this.settings.issuer}/oauth/userinfo`,
      userinfo_signing_alg_values_supported: [...SIGNING_ALGORITHMS, ...(hs256 ? ['HS256'] : [])],
      userinfo_encryption_alg_values_supported: KEY_WRAPPINGS,
      userinfo_encryption_enc_values_supported: CONTENT_ENCRYPTIONS,
    };
  }
}
