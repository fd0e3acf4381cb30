import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { repositoriesOf } from '../database/index.js';
import { InitialAccessToken } from './initial-access-token.entity.js';
import { InitialAccessTokensService } from './initial-access-tokens.service.js';

/** The tokens alone, for whoever makes them: that works before registration is turned on. */
@Module({
  imports: [repositoriesOf(InitialAccessToken), AuditModule],
  providers: [InitialAccessTokensService],
  exports: [InitialAccessTokensService],
})
export class InitialAccessTokensModule {}
