import { Injectable } from '@nestjs/common';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';
import { ScopesService } from './scopes.service.js';

@Injectable()
@ContributesMetadata()
export class ScopesMetadata implements MetadataContributor {
  constructor(private readonly scopes: ScopesService) {}

  async metadata(): Promise<ServerMetadata> {
    const scopes = (await this.scopes.list()).filter((scope) => !scope.restricted);
    return {
      scopes_supported: scopes.map((scope) => scope.name),
      claims_supported: ['sub', ...new Set(scopes.flatMap((scope) => scope.claims))],
    };
  }
}
