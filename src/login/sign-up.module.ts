import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { PageFormMiddleware, PagesModule } from '../pages/index.js';
import { SessionsModule } from '../sessions/index.js';
import { UsersModule } from '../users/index.js';
import { LoginModule } from './login.module.js';
import { SignUpController } from './sign-up.controller.js';
import { SignUps } from './sign-ups.service.js';

/** Where `signUp.enabled` says that anybody can make an account. */
@Module({
  imports: [EventsModule, LoginModule, PagesModule, SessionsModule, UsersModule],
  controllers: [SignUpController],
  providers: [SignUps],
})
export class SignUpModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageFormMiddleware).forRoutes(SignUpController);
  }
}
