import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { GrantsModule } from '../grants/index.js';
import { PagesModule } from '../pages/index.js';
import { ScopesModule } from '../scopes/index.js';
import { SessionsModule } from '../sessions/index.js';
import { ApplicationDeletionController } from './application-deletion.controller.js';
import { ApplicationFormMiddleware } from './application-form.middleware.js';
import { ApplicationFormPage } from './application-form.page.js';
import { ApplicationOffersService } from './application-offers.service.js';
import { ApplicationPage } from './application.page.js';
import { ApplicationSecretsController } from './application-secrets.controller.js';
import { ApplicationsController } from './applications.controller.js';
import { ApplicationsPage } from './applications.page.js';
import { OwnApplicationsService } from './own-applications.service.js';

/** Loaded with `portal.enabled` only: without it, its addresses do not exist. */
@Module({
  imports: [ClientsModule, GrantsModule, PagesModule, ScopesModule, SessionsModule],
  controllers: [ApplicationsController, ApplicationSecretsController, ApplicationDeletionController],
  providers: [
    ApplicationFormPage,
    ApplicationOffersService,
    ApplicationPage,
    ApplicationsPage,
    OwnApplicationsService,
  ],
})
export class ApplicationsModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(ApplicationFormMiddleware)
      .forRoutes(ApplicationsController, ApplicationSecretsController, ApplicationDeletionController);
  }
}
