import { Controller, Get, Query, UseFilters } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AuditRecord } from '../audit/index.js';
import type { Editor } from '../clients/index.js';
import { OAuthErrorFilter } from '../common/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { AuditTrailService } from './audit-trail.service.js';
import { AuditPageDto, AuditQueryDto, AuditRecordDto } from './audit.dto.js';
import { StrictPipe } from './strict.pipe.js';

/** Who changed what: for administrators and auditors, and for nobody to change. */
@ApiTags('Management')
@Controller('api/audit')
@Administration()
@UseFilters(OAuthErrorFilter)
export class AuditController {
  constructor(private readonly trail: AuditTrailService) {}

  @Get()
  @ApiOperation({ summary: 'Read the audit trail, the latest record first' })
  @ApiOkResponse({ type: AuditPageDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  async list(
    @Query(StrictPipe) query: AuditQueryDto,
    @CurrentEditor() { by }: Editor,
  ): Promise<AuditPageDto> {
    const { records, next } = await this.trail.page(query, by);
    return { items: records.map(toDto), next };
  }
}

const toDto = (record: AuditRecord): AuditRecordDto => ({
  id: record.id,
  at: record.at,
  actor: record.actor,
  action: record.action,
  target_type: record.targetType,
  target: record.targetId,
  ip: record.ip,
  changes: record.changes,
});
