import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/index.js';
import { PurgeService } from './purge.service.js';

@Module({ imports: [DatabaseModule], providers: [PurgeService], exports: [PurgeService] })
export class PurgeModule {}
