import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { BearerFormMiddleware } from './bearer-form.middleware.js';
import { ClientsModule, CorsMiddleware } from '../clients/index.js';
import { MountPoint } from '../common/index.js';
import { TokensModule } from '../tokens/index.js';
import { MeController } from './me.controller.js';
import { UserinfoAnswers } from './userinfo-answers.service.js';
import { UserinfoController } from './userinfo.controller.js';
import { UserinfoMetadata } from './userinfo.metadata.js';

@Module({
  imports: [ClientsModule, TokensModule],
  controllers: [UserinfoController, MeController],
  providers: [UserinfoAnswers, UserinfoMetadata],
})
export class UserinfoModule implements NestModule {
  constructor(private readonly mount: MountPoint) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CorsMiddleware).forRoutes(this.mount.pathTo('oauth/userinfo'));
    consumer.apply(BearerFormMiddleware).forRoutes(UserinfoController);
  }
}
