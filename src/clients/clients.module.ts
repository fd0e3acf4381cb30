import { Module } from '@nestjs/common';
import { AuthenticationMethodNames } from './authentication-method-names.js';
import { AuditModule } from '../audit/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { KeysModule } from '../keys/index.js';
import { AllowedOriginsService } from './allowed-origins.service.js';
import { AuditedClients } from './audited-clients.js';
import { Client } from './client.entity.js';
import { ClientSecret } from './client-secret.entity.js';
import { StoredClientRefusal } from './client-refusal.entity.js';
import { ClientRefusalsService } from './client-refusals.service.js';
import { ClientSecretsService } from './client-secrets.service.js';
import { ClientsService } from './clients.service.js';
import { CorsMiddleware } from './cors.middleware.js';
import { FlowsInUseService } from './flows-in-use.service.js';
import { SubjectIdentifiers } from './subject-identifiers.js';

@Module({
  imports: [
    repositoriesOf(Client, ClientSecret, StoredClientRefusal),
    AuditModule,
    EventsModule,
    DatabaseModule,
    KeysModule,
  ],
  providers: [
    AuthenticationMethodNames,
    SubjectIdentifiers,
    AuditedClients,
    ClientsService,
    ClientSecretsService,
    ClientRefusalsService,
    AllowedOriginsService,
    CorsMiddleware,
    FlowsInUseService,
  ],
  exports: [
    AuthenticationMethodNames,
    SubjectIdentifiers,
    ClientsService,
    ClientSecretsService,
    ClientRefusalsService,
    AllowedOriginsService,
    CorsMiddleware,
    FlowsInUseService,
  ],
})
export class ClientsModule {}
