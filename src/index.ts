/** The public API: what a host application or an extension may import. */
export {
  AccessTokensService,
  AuthorizationsService,
  ContributesClaims,
  IssuancePolicy,
  TokensService,
  Verdict,
} from './tokens/index.js';
export type {
  AdditionalToken,
  Authorization,
  Claims,
  ClaimsContext,
  ClaimsContributor,
  ClaimsTarget,
  Issuance,
  IssuanceJudge,
  LiveAccessToken,
  Narrowing,
  SignInFacts,
  SingleUse,
  StepUp,
  TokenIssuance,
  TokenResponse,
} from './tokens/index.js';
export { ResponseMode } from './authorization/index.js';
export type { ResponseFields, ResponseSender } from './authorization/index.js';
export { Client, ClientSecretsService, ClientsModule, ClientsService } from './clients/index.js';
export { ClientAuthentication } from './client-authentication/index.js';
export type {
  AuthenticationRequest,
  ClientAuthenticationMethod,
  ClientCredentials,
} from './client-authentication/index.js';
export {
  AccessDeniedError,
  Clock,
  FastExpressAdapter,
  InvalidClientError,
  InvalidGrantError,
  InvalidRequestError,
  InvalidScopeError,
  InvalidTargetError,
  OAuthError,
  OAuthErrorFilter,
  Scope,
} from './common/index.js';
export type { AuthorizationRedirect, OAuthParameters } from './common/index.js';
export { ConfigurationError, Settings, loadSettings, settingsFrom } from './config/index.js';
export type { SettingsInput } from './config/index.js';
export { ConsentPolicy } from './consent/index.js';
export type { ConsentQuestion } from './consent/index.js';
export { createServer } from './create-server.js';
export {
  GATEHOUSE_DATA_SOURCE,
  embeddedPostgres,
  migrations as gatehouseMigrations,
} from './database/index.js';
export { EventsService, OnOAuthEvent } from './events/index.js';
export type { OAuthEventMap, OAuthEventName } from './events/index.js';
export { gatehouseEntities } from './gatehouse-entities.js';
export type {
  GatehouseAsyncOptions,
  GatehouseOptions,
  GatehouseOptionsFactory,
  GatehousePorts,
  PortBinding,
} from './gatehouse-options.js';
export { GatehouseSwagger } from './gatehouse-swagger.js';
export { GatehouseModule } from './gatehouse.module.js';
export { GrantType } from './grants/index.js';
export type { Grant, GrantRequest } from './grants/index.js';
export { ContributesMetadata } from './metadata/index.js';
export type { MetadataContributor, ServerMetadata } from './metadata/index.js';
export { ContributesToPage, PagesService } from './pages/index.js';
export type { PageContexts, PageContributor, PageName } from './pages/index.js';
export {
  AccessToken,
  CurrentUser,
  RequireAnyScope,
  RequireRoles,
  RequireScopes,
} from './resource-server/index.js';
export { RegisteredScope, Resource, ScopesService } from './scopes/index.js';
export { SessionsModule, SessionsService } from './sessions/index.js';
export type { LoginStepOptions, LoginStepRule, LoginStepVisit, Session } from './sessions/index.js';
export { CurrentStep, InteractionStep, LoginStep, StepForm, StepPage, StepsModule } from './steps/index.js';
export type {
  InteractionStepOptions,
  InteractionStepRule,
  InteractionStepVisit,
  Step,
  StepFormFields,
  StepText,
} from './steps/index.js';
export { UserStore } from './users/index.js';
export type { User, UserClaims } from './users/index.js';
