import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { FormBodyMiddleware } from '../common/index.js';
import { ConsentModule } from '../consent/index.js';
import { PagesModule } from '../pages/index.js';
import { ScopesModule } from '../scopes/index.js';
import { SessionsModule } from '../sessions/index.js';
import { TokensModule } from '../tokens/index.js';
import { AccountController } from './account.controller.js';
import { AccountPage } from './account.page.js';
import { ConnectedApplicationsService } from './connected-applications.service.js';

@Module({
  imports: [ClientsModule, ConsentModule, PagesModule, ScopesModule, SessionsModule, TokensModule],
  controllers: [AccountController],
  providers: [AccountPage, ConnectedApplicationsService],
  exports: [ConnectedApplicationsService],
})
export class AccountModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FormBodyMiddleware).forRoutes(AccountController);
  }
}
