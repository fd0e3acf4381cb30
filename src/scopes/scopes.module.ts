import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegisteredScope } from './registered-scope.entity.js';
import { Resource } from './resource.entity.js';
import { ScopesMetadata } from './scopes.metadata.js';
import { ScopesService } from './scopes.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([RegisteredScope, Resource])],
  providers: [ScopesService, ScopesMetadata],
  exports: [ScopesService],
})
export class ScopesModule {}
