import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { DatabaseModule } from '../database/index.js';
import { PurgeService } from './purge.service.js';
import { UnusedClientsService } from './unused-clients.service.js';

@Module({
  imports: [ClientsModule, DatabaseModule],
  providers: [PurgeService, UnusedClientsService],
  exports: [PurgeService],
})
export class PurgeModule {}
