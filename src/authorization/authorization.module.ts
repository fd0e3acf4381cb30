import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { FormBodyMiddleware } from '../common/index.js';
import { ConsentModule } from '../consent/index.js';
import { EventsModule } from '../events/index.js';
import { AuthorizationCodeGrant, GrantsModule } from '../grants/index.js';
import { InteractionsModule } from '../interactions/index.js';
import { PagesModule } from '../pages/index.js';
import { ScopesModule } from '../scopes/index.js';
import { SessionsModule } from '../sessions/index.js';
import { TokensModule } from '../tokens/index.js';
import { AuthorizationAnswer } from './authorization-answer.js';
import { AuthorizationController } from './authorization.controller.js';
import { AuthorizationFlow } from './authorization-flow.js';
import { AuthorizationMetadata } from './authorization.metadata.js';
import { AuthorizationRequestsService } from './authorization-requests.service.js';
import { ConsentPrompt } from './consent.prompt.js';
import { LoginPrompt } from './login.prompt.js';
import { ResponseModes } from './response-modes.js';

@Module({
  imports: [
    ClientsModule,
    ConsentModule,
    EventsModule,
    GrantsModule,
    InteractionsModule,
    PagesModule,
    ScopesModule,
    SessionsModule,
    TokensModule,
  ],
  controllers: [AuthorizationController],
  providers: [
    AuthorizationAnswer,
    // Codes come from here alone: without this module, nobody can redeem any.
    AuthorizationCodeGrant,
    AuthorizationFlow,
    AuthorizationMetadata,
    AuthorizationRequestsService,
    ConsentPrompt,
    LoginPrompt,
    ResponseModes,
  ],
})
export class AuthorizationModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FormBodyMiddleware).forRoutes(AuthorizationController);
  }
}
