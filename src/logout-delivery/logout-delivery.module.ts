import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { ClientsModule } from '../clients/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { FetchingModule } from '../fetching/index.js';
import { LogoutDelivery } from '../sessions/index.js';
import { TokensModule } from '../tokens/index.js';
import { LogoutDeliveriesService } from './logout-deliveries.service.js';
import { LogoutDeliverer } from './logout-deliverer.js';
import { LogoutOutbox } from './logout-outbox.js';
import { LogoutTokens } from './logout-tokens.js';

@Module({
  imports: [
    repositoriesOf(LogoutDelivery),
    AuditModule,
    ClientsModule,
    DatabaseModule,
    EventsModule,
    FetchingModule,
    TokensModule,
  ],
  providers: [LogoutDeliveriesService, LogoutDeliverer, LogoutOutbox, LogoutTokens],
  exports: [LogoutDeliveriesService, LogoutDeliverer],
})
export class LogoutDeliveryModule {}
