import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '../database/index.js';
import { AuditRecord } from './audit-record.entity.js';
import { AuditService } from './audit.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AuditRecord]), DatabaseModule],
  providers: [AuditService],
  exports: [AuditService],
})
export class AuditModule {}
