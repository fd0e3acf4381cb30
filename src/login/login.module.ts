import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/index.js';
import { FormBodyMiddleware } from '../common/index.js';
import { EventsModule } from '../events/index.js';
import { InteractionsModule } from '../interactions/index.js';
import { PagesModule } from '../pages/index.js';
import { SessionsModule } from '../sessions/index.js';
import { LocalStrategy } from './local.strategy.js';
import { LoginController } from './login.controller.js';

@Module({
  imports: [ClientsModule, EventsModule, InteractionsModule, PagesModule, PassportModule, SessionsModule],
  controllers: [LoginController],
  providers: [LocalStrategy],
})
export class LoginModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FormBodyMiddleware).forRoutes(LoginController);
  }
}
