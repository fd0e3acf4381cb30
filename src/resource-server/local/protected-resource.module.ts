import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientsModule, CorsMiddleware } from '../../clients/index.js';
import { ScopesModule } from '../../scopes/index.js';
import { ProtectedResourceController } from './protected-resource.controller.js';

@Module({ imports: [ClientsModule, ScopesModule], controllers: [ProtectedResourceController] })
export class ProtectedResourceModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CorsMiddleware).forRoutes(ProtectedResourceController);
  }
}
