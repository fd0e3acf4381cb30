import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { Client } from './client.entity.js';
import { ClientSecret } from './client-secret.entity.js';
import { ClientRefusalsService } from './client-refusals.service.js';
import { ClientSecretsService } from './client-secrets.service.js';
import { ClientsService } from './clients.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Client, ClientSecret]), EventsModule, DatabaseModule],
  providers: [ClientsService, ClientSecretsService, ClientRefusalsService],
  exports: [ClientsService, ClientSecretsService, ClientRefusalsService],
})
export class ClientsModule {}
