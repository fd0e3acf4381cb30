import { Module } from '@nestjs/common';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { AuditRecord } from './audit-record.entity.js';
import { AuditService } from './audit.service.js';

@Module({
  imports: [repositoriesOf(AuditRecord), DatabaseModule],
  providers: [AuditService],
  exports: [AuditService],
})
export class AuditModule {}
