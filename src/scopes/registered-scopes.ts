import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import { CatalogueEntries } from './catalogue-entries.js';
import type { CatalogueTable } from './catalogue-entries.js';
import { RegisteredScope } from './registered-scope.entity.js';
import { ScopesService } from './scopes.service.js';
import { STANDARD_SCOPES } from './standard-scopes.js';

/** The scopes, for whoever changes them. */
@Injectable()
export class RegisteredScopes extends CatalogueEntries<RegisteredScope> {
  protected readonly table: CatalogueTable<RegisteredScope> = {
    type: 'scope',
    entity: RegisteredScope,
    keyOf: ({ name }) => name,
    where: (name) => ({ name }),
    describe: scopeMetadata,
  };

  // Nest reads the types of the parameters off this class.
  constructor(audit: AuditService, scopes: ScopesService) {
    super(audit, scopes);
  }

  override managedBy(name: string): 'file' | 'standard' | null {
    return STANDARD_SCOPES.some((scope) => scope.name === name) ? 'standard' : super.managedBy(name);
  }
}

/** A scope by the names of the configuration file. */
export function scopeMetadata(scope: RegisteredScope) {
  return {
    name: scope.name,
    title: scope.title,
    description: scope.description,
    claims: scope.claims,
    access_token_ttl: scope.accessTokenTtl,
    default: scope.isDefault,
    restricted: scope.restricted,
  };
}
