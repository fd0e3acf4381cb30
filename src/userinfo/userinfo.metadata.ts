import { Injectable } from '@nestjs/common';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';

@Injectable()
@ContributesMetadata()
export class UserinfoMetadata implements MetadataContributor {
  constructor(private readonly settings: Settings) {}

  metadata(): ServerMetadata {
    return { userinfo_endpoint: `${this.settings.issuer}/oauth/userinfo` };
  }
}
