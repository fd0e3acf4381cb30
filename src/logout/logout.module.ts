import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { FormBodyMiddleware } from '../common/index.js';
import { PagesModule } from '../pages/index.js';
import { SessionsModule } from '../sessions/index.js';
import { TokensModule } from '../tokens/index.js';
import { LogoutController } from './logout.controller.js';
import { LogoutMetadata } from './logout.metadata.js';
import { LogoutRequestsService } from './logout-requests.service.js';

@Module({
  imports: [ClientsModule, PagesModule, SessionsModule, TokensModule],
  controllers: [LogoutController],
  providers: [LogoutMetadata, LogoutRequestsService],
})
export class LogoutModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FormBodyMiddleware).forRoutes(LogoutController);
  }
}
