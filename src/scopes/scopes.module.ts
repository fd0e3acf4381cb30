import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { repositoriesOf } from '../database/index.js';
import { RegisteredScope } from './registered-scope.entity.js';
import { RegisteredScopes } from './registered-scopes.js';
import { Resource } from './resource.entity.js';
import { Resources } from './resources.js';
import { ScopesMetadata } from './scopes.metadata.js';
import { ScopesService } from './scopes.service.js';

@Module({
  imports: [repositoriesOf(RegisteredScope, Resource), AuditModule],
  providers: [ScopesService, RegisteredScopes, Resources, ScopesMetadata],
  exports: [ScopesService, RegisteredScopes, Resources],
})
export class ScopesModule {}
