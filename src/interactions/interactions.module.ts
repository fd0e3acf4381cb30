import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '../database/index.js';
import { SessionsModule } from '../sessions/index.js';
import { StoredInteraction } from './interaction.entity.js';
import { InteractionsService } from './interactions.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([StoredInteraction]), DatabaseModule, SessionsModule],
  providers: [InteractionsService],
  exports: [InteractionsService],
})
export class InteractionsModule {}
