import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClientAuthenticationModule } from '../client-authentication/index.js';
import { ClientsModule, CorsMiddleware } from '../clients/index.js';
import { MountPoint, PostFormMiddleware } from '../common/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { ScopesModule } from '../scopes/index.js';
import { TokensModule } from '../tokens/index.js';
import { StoredAuthorizationCode } from './authorization-code/authorization-code.entity.js';
import { AuthorizationCodesService } from './authorization-code/authorization-codes.service.js';
import { ClientCredentialsGrant } from './client-credentials/client-credentials.grant.js';
import { GrantsMetadata } from './grants.metadata.js';
import { GrantsService } from './grants.service.js';
import { PasswordGrant } from './password/password.grant.js';
import { RefreshTokenGrant } from './refresh-token/refresh-token.grant.js';
import { TokenController } from './token.controller.js';

@Module({
  imports: [
    ClientsModule,
    repositoriesOf(StoredAuthorizationCode),
    ClientAuthenticationModule,
    DatabaseModule,
    DiscoveryModule,
    EventsModule,
    ScopesModule,
    TokensModule,
  ],
  controllers: [TokenController],
  providers: [
    GrantsService,
    GrantsMetadata,
    AuthorizationCodesService,
    RefreshTokenGrant,
    ClientCredentialsGrant,
    PasswordGrant,
  ],
  exports: [GrantsService, AuthorizationCodesService],
})
export class GrantsModule implements NestModule {
  constructor(private readonly mount: MountPoint) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CorsMiddleware, PostFormMiddleware).forRoutes(this.mount.pathTo('oauth/token'));
  }
}
