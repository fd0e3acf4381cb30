import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsRFC3339, Matches } from 'class-validator';
import { AUDIT_ACTIONS, AUDIT_TARGET_TYPES } from '../audit/index.js';

const zoned = { message: '$property must be a time with a zone, such as 2030-01-31T12:00:00Z' };

/** Which records to read. */
export class AuditQueryDto {
  /** The subject of a user, `client` and its id, `configuration file`, `command line` or `server`. */
  @IsOptional()
  @Matches(/^[\x20-\x7e]{1,255}$/, { message: 'actor must be whoever made a change' })
  actor?: string;

  @IsOptional()
  @IsIn(AUDIT_ACTIONS)
  @ApiPropertyOptional({ enum: AUDIT_ACTIONS })
  action?: string;

  @IsOptional()
  @IsIn(AUDIT_TARGET_TYPES)
  @ApiPropertyOptional({ enum: AUDIT_TARGET_TYPES })
  target_type?: string;

  /** The id of what was changed. */
  @IsOptional()
  @Matches(/^[\x20-\x7e]{1,2000}$/, { message: 'target must be the id of what was changed' })
  target?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @IsRFC3339(zoned)
  from?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @IsRFC3339(zoned)
  to?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 50 })
  @IsOptional()
  @Matches(/^([1-9]\d?|100)$/, { message: 'limit must be a number from 1 to 100' })
  limit?: string;

  /** The `next` of the page before, with the same filters. */
  @IsOptional()
  @Matches(/^[\w-]{1,200}$/, { message: 'cursor must be one that a page gave' })
  cursor?: string;
}

/** One change. */
export class AuditRecordDto {
  id!: string;

  at!: Date;

  actor!: string;

  action!: string;

  target_type!: string;

  target!: string;

  ip!: string | null;

  /** By field: what it was and what it is. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', properties: { before: {}, after: {} } },
  })
  changes!: Record<string, unknown>;
}

/** Some records of many, the latest first. */
export class AuditPageDto {
  items!: AuditRecordDto[];

  /** The `cursor` of the page after this one; null at the end. It works for an hour, for this reader and these filters. */
  next!: string | null;
}
