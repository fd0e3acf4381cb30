import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { AdminModule } from '../admin/index.js';
import { ClientsModule } from '../clients/index.js';
import { ClientAuthenticationModule } from '../client-authentication/index.js';
import { GrantsModule } from '../grants/index.js';
import { KeysModule } from '../keys/index.js';
import { PagesModule } from '../pages/index.js';
import { InitialAccessTokensModule } from '../registration/index.js';
import { ScopesModule } from '../scopes/index.js';
import { SessionsModule } from '../sessions/index.js';
import { UsersModule } from '../users/index.js';
import { ConsoleAuditController } from './audit.controller.js';
import { AuditTable } from './audit.table.js';
import { ConsoleAuthorizationsController } from './authorizations.controller.js';
import { ConsoleClientSecretsController } from './client-secrets.controller.js';
import { ConsoleClientsController } from './clients.controller.js';
import { ClientsPage } from './clients.page.js';
import { ConsoleFormMiddleware } from './console-form.middleware.js';
import { ConsolePages } from './console-pages.service.js';
import { FormPages } from './form-page.service.js';
import { ConsoleInitialAccessTokensController } from './initial-access-tokens.controller.js';
import { ConsoleKeysController } from './keys.controller.js';
import { ConsoleLogoutDeliveriesController } from './logout-deliveries.controller.js';
import { ConsoleOverviewController } from './overview.controller.js';
import { ConsoleResourcesController } from './resources.controller.js';
import { ConsoleScopesController } from './scopes.controller.js';
import { ConsoleUserActionsController } from './user-actions.controller.js';
import { ConsoleUsersController } from './users.controller.js';
import { UsersPage } from './users.page.js';

const CONTROLLERS = [
  ConsoleOverviewController,
  ConsoleClientsController,
  ConsoleClientSecretsController,
  ConsoleInitialAccessTokensController,
  ConsoleUsersController,
  ConsoleUserActionsController,
  ConsoleScopesController,
  ConsoleResourcesController,
  ConsoleAuthorizationsController,
  ConsoleLogoutDeliveriesController,
  ConsoleKeysController,
  ConsoleAuditController,
];

/** The administration console below /admin: pages over the services of the management API. */
@Module({
  imports: [
    AdminModule,
    ClientsModule,
    ClientAuthenticationModule,
    GrantsModule,
    InitialAccessTokensModule,
    KeysModule,
    PagesModule,
    ScopesModule,
    SessionsModule,
    UsersModule,
  ],
  controllers: CONTROLLERS,
  providers: [AuditTable, ClientsPage, ConsolePages, FormPages, UsersPage],
})
export class ConsoleModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(ConsoleFormMiddleware).forRoutes(...CONTROLLERS);
  }
}
