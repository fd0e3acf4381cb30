import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/index.js';
import { SessionsModule } from '../sessions/index.js';
import { InteractionsService } from './interactions.service.js';

@Module({
  imports: [DatabaseModule, SessionsModule],
  providers: [InteractionsService],
  exports: [InteractionsService],
})
export class InteractionsModule {}
