import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientKeysModule } from '../client-keys/index.js';
import { ClientsModule } from '../clients/index.js';
import { MountPoint } from '../common/index.js';
import { FetchingModule } from '../fetching/index.js';
import { ScopesModule } from '../scopes/index.js';
import { ClientConfigurationController } from './client-configuration.controller.js';
import { InitialAccessTokensModule } from './initial-access-tokens.module.js';
import { RegistrationBodyMiddleware } from './registration-body.middleware.js';
import { RegistrationController } from './registration.controller.js';
import { RegistrationMetadata } from './registration.metadata.js';
import { RegistrationPolicy } from './registration-policy.service.js';
import { RegistrationService } from './registration.service.js';
import { SectorIdentifiersService } from './sector-identifiers.service.js';
import { SoftwareStatementsService } from './software-statements.service.js';

/** Dynamic client registration: loaded only where the operator lets somebody register. No page may call it (CORS). */
@Module({
  imports: [ClientsModule, ClientKeysModule, FetchingModule, InitialAccessTokensModule, ScopesModule],
  controllers: [RegistrationController, ClientConfigurationController],
  providers: [
    RegistrationMetadata,
    RegistrationPolicy,
    RegistrationService,
    SectorIdentifiersService,
    SoftwareStatementsService,
  ],
})
export class RegistrationModule implements NestModule {
  constructor(private readonly mount: MountPoint) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(RegistrationBodyMiddleware).forRoutes(this.mount.pathTo('oauth/register'));
  }
}
