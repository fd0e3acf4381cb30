import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { LogoutDeliveryModule } from '../logout-delivery/index.js';
import { PageFormMiddleware, PagesModule } from '../pages/index.js';
import { SessionsModule } from '../sessions/index.js';
import { TokensModule } from '../tokens/index.js';
import { AccountSignOutController } from './account-sign-out.controller.js';
import { CheckSessionController } from './check-session.controller.js';
import { LogoutController } from './logout.controller.js';
import { LogoutMetadata } from './logout.metadata.js';
import { LogoutRequestsService } from './logout-requests.service.js';
import { SignOut } from './sign-out.service.js';

@Module({
  imports: [ClientsModule, LogoutDeliveryModule, PagesModule, SessionsModule, TokensModule],
  controllers: [AccountSignOutController, CheckSessionController, LogoutController],
  providers: [LogoutMetadata, LogoutRequestsService, SignOut],
})
export class LogoutModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageFormMiddleware).forRoutes(AccountSignOutController, LogoutController);
  }
}
