import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { FetchingModule } from '../fetching/index.js';
import { ClientKeys } from './client-keys.js';

@Module({ imports: [ClientsModule, FetchingModule], providers: [ClientKeys], exports: [ClientKeys] })
export class ClientKeysModule {}
