import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { ClientsModule } from '../clients/index.js';
import { SessionsModule } from '../sessions/index.js';
import { TokensModule } from '../tokens/index.js';
import { UsersModule } from '../users/index.js';
import { ClientAdministrationService } from './client-administration.service.js';
import { ClientSecretsController } from './client-secrets.controller.js';
import { ClientsController } from './clients.controller.js';
import { JsonBodyMiddleware } from './json-body.middleware.js';
import { UserAdministrationService } from './user-administration.service.js';
import { UsersController } from './users.controller.js';

const CONTROLLERS = [ClientsController, ClientSecretsController, UsersController];

/** The management API below /api. */
@Module({
  imports: [ClientsModule, SessionsModule, TokensModule, UsersModule],
  controllers: CONTROLLERS,
  providers: [ClientAdministrationService, UserAdministrationService],
  exports: [ClientAdministrationService, UserAdministrationService],
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
