import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { InteractionsModule } from '../interactions/index.js';
import { PageFormMiddleware, PagesModule } from '../pages/index.js';
import { ScopesModule } from '../scopes/index.js';
import { SessionsModule } from '../sessions/index.js';
import { ConsentController } from './consent.controller.js';
import { Consent } from './consent.entity.js';
import { ConsentPage } from './consent.page.js';
import { ConsentsService } from './consents.service.js';

@Module({
  imports: [
    repositoriesOf(Consent),
    ClientsModule,
    DatabaseModule,
    EventsModule,
    InteractionsModule,
    PagesModule,
    ScopesModule,
    SessionsModule,
  ],
  controllers: [ConsentController],
  providers: [ConsentsService, ConsentPage],
  exports: [ConsentsService],
})
export class ConsentModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageFormMiddleware).forRoutes(ConsentController);
  }
}
