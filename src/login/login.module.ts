import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { InteractionsModule } from '../interactions/index.js';
import { PageFormMiddleware, PagesModule } from '../pages/index.js';
import { SessionsModule } from '../sessions/index.js';
import { LocalStrategy } from './local.strategy.js';
import { LoginController } from './login.controller.js';
import { SelectAccountController } from './select-account.controller.js';
import { SignInPurposes } from './sign-in-purpose.js';

@Module({
  imports: [ClientsModule, EventsModule, InteractionsModule, PagesModule, PassportModule, SessionsModule],
  controllers: [LoginController, SelectAccountController],
  providers: [LocalStrategy, SignInPurposes],
  exports: [SignInPurposes],
})
export class LoginModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageFormMiddleware).forRoutes(LoginController, SelectAccountController);
  }
}
