import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AuditModule } from '../audit/index.js';
import { ClientsModule } from '../clients/index.js';
import { KeysModule } from '../keys/index.js';
import { InitialAccessTokensModule } from '../registration/index.js';
import { LogoutDeliveryModule } from '../logout-delivery/index.js';
import { ScopesModule } from '../scopes/index.js';
import { SessionsModule } from '../sessions/index.js';
import { TokensModule } from '../tokens/index.js';
import { UsersModule } from '../users/index.js';
import { AuditController } from './audit.controller.js';
import { AuditCursor } from './audit-cursor.js';
import { AuditTrailService } from './audit-trail.service.js';
import { AuthorizationAdministrationService } from './authorization-administration.service.js';
import { AuthorizationsController } from './authorizations.controller.js';
import { ClientAdministrationService } from './client-administration.service.js';
import { ClientSecretsController } from './client-secrets.controller.js';
import { ClientsController } from './clients.controller.js';
import { InitialAccessTokensController } from './initial-access-tokens.controller.js';
import { JsonBodyMiddleware } from './json-body.middleware.js';
import { KeysController } from './keys.controller.js';
import { LogoutDeliveriesController } from './logout-deliveries.controller.js';
import { LogoutDeliveryAdministrationService } from './logout-delivery-administration.service.js';
import { ResourceAdministrationService } from './resource-administration.service.js';
import { ResourcesController } from './resources.controller.js';
import { ScopeAdministrationService } from './scope-administration.service.js';
import { ScopesController } from './scopes.controller.js';
import { UserAdministrationService } from './user-administration.service.js';
import { UsersController } from './users.controller.js';

const CONTROLLERS = [
  ClientsController,
  ClientSecretsController,
  InitialAccessTokensController,
  UsersController,
  ScopesController,
  ResourcesController,
  AuthorizationsController,
  LogoutDeliveriesController,
  KeysController,
  AuditController,
];

const SERVICES = [
  ClientAdministrationService,
  UserAdministrationService,
  ScopeAdministrationService,
  ResourceAdministrationService,
  AuthorizationAdministrationService,
  LogoutDeliveryAdministrationService,
  AuditTrailService,
];

/** The management API below /api. */
@Module({
  imports: [
    AuditModule,
    ClientsModule,
    KeysModule,
    InitialAccessTokensModule,
    LogoutDeliveryModule,
    ScopesModule,
    SessionsModule,
    TokensModule,
    UsersModule,
  ],
  controllers: CONTROLLERS,
  providers: [AuditCursor, ...SERVICES],
  exports: SERVICES,
})
export class AdminModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(forbidStoring, JsonBodyMiddleware).forRoutes(...CONTROLLERS);
  }
}

function forbidStoring(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
