import { Injectable } from '@nestjs/common';
import { CONTENT_ENCRYPTIONS, KEY_WRAPPINGS, SIGNING_ALGORITHMS } from '../keys/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';

/** @see OpenID Connect Discovery 1.0 §3 */
@Injectable()
@ContributesMetadata()
export class IdTokenMetadata implements MetadataContributor {
  metadata(): ServerMetadata {
    return {
      id_token_signing_alg_values_supported: SIGNING_ALGORITHMS,
      id_token_encryption_alg_values_supported: KEY_WRAPPINGS,
      id_token_encryption_enc_values_supported: CONTENT_ENCRYPTIONS,
    };
  }
}
