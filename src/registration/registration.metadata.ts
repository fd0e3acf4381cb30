import { Injectable } from '@nestjs/common';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';

@Injectable()
@ContributesMetadata()
export class RegistrationMetadata implements MetadataContributor {
  constructor(private readonly settings: Settings) {}

  metadata(): ServerMetadata {
    return { registration_endpoint: `${this.settings.issuer}/oauth/register` };
  }
}
