import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientAuthenticationModule } from '../client-authentication/index.js';
import { ClientsModule } from '../clients/index.js';
import { MountPoint, PostFormMiddleware } from '../common/index.js';
import { TokensModule } from '../tokens/index.js';
import { IntrospectionController } from './introspection.controller.js';
import { IntrospectionMetadata } from './introspection.metadata.js';
import { IntrospectionService } from './introspection.service.js';

@Module({
  imports: [ClientAuthenticationModule, ClientsModule, TokensModule],
  controllers: [IntrospectionController],
  providers: [IntrospectionService, IntrospectionMetadata],
})
export class IntrospectionModule implements NestModule {
  constructor(private readonly mount: MountPoint) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PostFormMiddleware).forRoutes(this.mount.pathTo('oauth/introspect'));
  }
}
