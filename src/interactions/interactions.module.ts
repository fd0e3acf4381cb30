import { Module } from '@nestjs/common';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { SessionsModule } from '../sessions/index.js';
import { StoredInteraction } from './interaction.entity.js';
import { InteractionsService } from './interactions.service.js';

@Module({
  imports: [repositoriesOf(StoredInteraction), DatabaseModule, SessionsModule],
  providers: [InteractionsService],
  exports: [InteractionsService],
})
export class InteractionsModule {}
