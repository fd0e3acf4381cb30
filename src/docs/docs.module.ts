import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { DatabaseModule } from '../database/index.js';
import { ScopesModule } from '../scopes/index.js';
import { SwaggerClient } from './swagger-client.service.js';

/** What documentation needs of the running server. */
@Module({ imports: [ClientsModule, DatabaseModule, ScopesModule], providers: [SwaggerClient] })
export class DocsModule {}
