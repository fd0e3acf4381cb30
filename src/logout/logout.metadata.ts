import { Injectable } from '@nestjs/common';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';

@Injectable()
@ContributesMetadata()
export class LogoutMetadata implements MetadataContributor {
  constructor(private readonly settings: Settings) {}

  /** @see OpenID Connect RP-Initiated Logout 1.0 §2.1 */
  metadata(): ServerMetadata {
    return { end_session_endpoint: `${this.settings.issuer}/oauth/logout` };
  }
}
