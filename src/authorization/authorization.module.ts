import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClientKeysModule } from '../client-keys/index.js';
import { ClientsModule } from '../clients/index.js';
import { ConsentModule } from '../consent/index.js';
import { EventsModule } from '../events/index.js';
import { FetchingModule } from '../fetching/index.js';
import { AuthorizationCodeGrant, GrantsModule } from '../grants/index.js';
import { InteractionsModule } from '../interactions/index.js';
import { KeysModule } from '../keys/index.js';
import { PageFormMiddleware, PagesModule } from '../pages/index.js';
import { ScopesModule } from '../scopes/index.js';
import { SessionsModule } from '../sessions/index.js';
import { StepsModule } from '../steps/index.js';
import { TokensModule } from '../tokens/index.js';
import { AuthenticationContexts } from './authentication-contexts.js';
import { AuthorizationAnswer } from './authorization-answer.js';
import { AuthorizationController } from './authorization.controller.js';
import { AuthorizationFlow } from './authorization-flow.js';
import { AuthorizationMetadata } from './authorization.metadata.js';
import { AuthorizationRequestsService } from './authorization-requests.service.js';
import { ConsentPrompt } from './consent.prompt.js';
import { CreateAccountPrompt } from './create-account.prompt.js';
import { EssentialContextPrompt } from './essential-context.prompt.js';
import { LoginStepsPrompt } from './login-steps.prompt.js';
import { LoginPrompt } from './login.prompt.js';
import { RequestObjectsService } from './request-objects.service.js';
import { RequestPolicy } from './request-policy.js';
import { RequestUrisService } from './request-uris.service.js';
import { FormPostMode } from './response-modes/form-post.mode.js';
import { FragmentMode } from './response-modes/fragment.mode.js';
import { QueryMode } from './response-modes/query.mode.js';
import { ResponseModes } from './response-modes.js';
import { SelectAccountPrompt } from './select-account.prompt.js';

@Module({
  imports: [
    ClientKeysModule,
    ClientsModule,
    ConsentModule,
    DiscoveryModule,
    EventsModule,
    FetchingModule,
    GrantsModule,
    InteractionsModule,
    KeysModule,
    PagesModule,
    ScopesModule,
    SessionsModule,
    StepsModule,
    TokensModule,
  ],
  controllers: [AuthorizationController],
  providers: [
    AuthenticationContexts,
    AuthorizationAnswer,
    // Codes come from here alone: without this module, nobody can redeem any.
    AuthorizationCodeGrant,
    AuthorizationFlow,
    AuthorizationMetadata,
    AuthorizationRequestsService,
    ConsentPrompt,
    CreateAccountPrompt,
    EssentialContextPrompt,
    LoginStepsPrompt,
    LoginPrompt,
    RequestObjectsService,
    RequestUrisService,
    RequestPolicy,
    ResponseModes,
    QueryMode,
    FormPostMode,
    FragmentMode,
    SelectAccountPrompt,
  ],
})
export class AuthorizationModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageFormMiddleware).forRoutes(AuthorizationController);
  }
}
