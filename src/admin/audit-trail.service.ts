import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import type { AuditFilter, AuditRecord } from '../audit/index.js';
import { AuditCursor } from './audit-cursor.js';
import type { AuditQueryDto } from './audit.dto.js';

const LIMIT = 50;

/** A page of the audit trail, the latest record first. */
export interface AuditPage {
  readonly records: readonly AuditRecord[];
  /** The cursor of the page after it; null at the end. */
  readonly next: string | null;
}

/** Reads the audit trail, page by page. */
@Injectable()
export class AuditTrailService {
  constructor(
    private readonly audit: AuditService,
    private readonly cursor: AuditCursor,
  ) {}

  /** @param reader who reads: a cursor is good for nobody else @throws InvalidRequestError for a cursor that is not */
  async page({ cursor, limit, ...query }: AuditQueryDto, reader: string): Promise<AuditPage> {
    const filter = filterOf(query);
    const bound = { reader, filter };
    const size = Number(limit ?? LIMIT);
    const before = cursor === undefined ? undefined : this.cursor.read(cursor, bound);
    // One more than asked for tells whether there is another page.
    const records = await this.audit.list(filter, { before, limit: size + 1 });
    const last = records.length > size ? records[size - 1] : undefined;
    return { records: records.slice(0, size), next: last ? this.cursor.write(last.id, bound) : null };
  }
}

const filterOf = ({ actor, action, target_type, target, from, to }: AuditQueryDto): AuditFilter => ({
  actor,
  action,
  targetType: target_type,
  target,
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
});
