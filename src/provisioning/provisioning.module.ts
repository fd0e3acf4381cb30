import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { DatabaseModule } from '../database/index.js';
import { ScopesModule } from '../scopes/index.js';
import { UsersModule } from '../users/index.js';
import { ProvisioningService } from './provisioning.service.js';

@Module({
  imports: [ClientsModule, DatabaseModule, ScopesModule, UsersModule],
  providers: [ProvisioningService],
})
export class ProvisioningModule {}
