import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientAuthenticationModule } from '../client-authentication/index.js';
import { ClientsModule, CorsMiddleware } from '../clients/index.js';
import { MountPoint, PostFormMiddleware } from '../common/index.js';
import { EventsModule } from '../events/index.js';
import { TokensModule } from '../tokens/index.js';
import { RevocationController } from './revocation.controller.js';
import { RevocationMetadata } from './revocation.metadata.js';
import { RevocationService } from './revocation.service.js';

@Module({
  imports: [ClientsModule, ClientAuthenticationModule, EventsModule, TokensModule],
  controllers: [RevocationController],
  providers: [RevocationService, RevocationMetadata],
})
export class RevocationModule implements NestModule {
  constructor(private readonly mount: MountPoint) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CorsMiddleware, PostFormMiddleware).forRoutes(this.mount.pathTo('oauth/revoke'));
  }
}
