import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import { CatalogueEntries } from './catalogue-entries.js';
import type { CatalogueTable } from './catalogue-entries.js';
import { Resource } from './resource.entity.js';
import { ScopesService } from './scopes.service.js';

/** The resources, for whoever changes them. */
@Injectable()
export class Resources extends CatalogueEntries<Resource> {
  protected readonly table: CatalogueTable<Resource> = {
    type: 'resource',
    entity: Resource,
    keyOf: ({ identifier }) => identifier,
    where: (identifier) => ({ identifier }),
    describe: resourceMetadata,
  };

  // Nest reads the types of the parameters off this class.
  constructor(audit: AuditService, scopes: ScopesService) {
    super(audit, scopes);
  }
}

/** A resource by the names of the configuration file. */
export function resourceMetadata(resource: Resource) {
  return {
    identifier: resource.identifier,
    name: resource.name,
    scopes: resource.scopes,
    access_token_format: resource.accessTokenFormat,
    access_token_ttl: resource.accessTokenTtl,
  };
}
