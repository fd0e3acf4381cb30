import { Injectable } from '@nestjs/common';
import { And, LessThan, LessThanOrEqual, MoreThanOrEqual, Repository } from 'typeorm';
import type { EntityManager, FindOperator, FindOptionsWhere, QueryDeepPartialEntity } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../common/index.js';
import { Database, InjectRepository } from '../database/index.js';
import type { AuditAction } from './audit-actions.js';
import { AuditRecord } from './audit-record.entity.js';
import type { Changes } from './changes.js';

/** Who makes a change, and from where. */
export interface Actor {
  readonly by: string;
  readonly ip?: string;
}

/** What the server does of itself. */
export const THE_SERVER: Actor = { by: 'server' };
/** What the declarative file says. */
export const THE_CONFIGURATION_FILE: Actor = { by: 'configuration file' };

/** One change. The action begins with the type of its target. */
export interface AuditEntry {
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly target: string;
  /** Never with a secret, its hash, or a token. */
  readonly changes: Changes;
}

/** Which records to read. */
export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly targetType?: string;
  readonly target?: string;
  readonly from?: Date;
  readonly to?: Date;
}

/** The audit trail: who did what to whom. It is only ever added to. */
@Injectable()
export class AuditService {
  constructor(
    @InjectRepository(AuditRecord) private readonly records: Repository<AuditRecord>,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Writes a record in the transaction of what it records: neither is committed without the other. */
  async record(manager: EntityManager, { actor, action, target, changes }: AuditEntry): Promise<void> {
    const record = {
      id: uuid(),
      at: this.clock.now(),
      actor: actor.by,
      action,
      targetType: action.slice(0, action.indexOf('.')),
      targetId: target,
      ip: actor.ip ?? null,
      changes,
    };
    await manager.insert(AuditRecord, record as QueryDeepPartialEntity<AuditRecord>);
  }

  /** A transaction of the work and its record. */
  commit<T>(entry: AuditEntry, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.transaction(async (manager) => {
      const result = await work(manager);
      await this.record(manager, entry);
      return result;
    });
  }

  /** For work that finds out what there is to record: it calls {@link record} with the manager it is given. */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  /** The latest records first. @param page.before only those before this one */
  list(filter: AuditFilter, page: { before?: string; limit: number }): Promise<AuditRecord[]> {
    const where: FindOptionsWhere<AuditRecord> = {
      ...(filter.actor !== undefined && { actor: filter.actor }),
      ...(filter.action !== undefined && { action: filter.action }),
      ...(filter.targetType !== undefined && { targetType: filter.targetType }),
      ...(filter.target !== undefined && { targetId: filter.target }),
      ...timeOf(filter),
      ...(page.before !== undefined && { id: LessThan(page.before) }),
    };
    return this.records.find({ where, order: { id: 'DESC' }, take: page.limit });
  }
}

function timeOf({ from, to }: AuditFilter): { at?: FindOperator<Date> } {
  if (from && to) return { at: And(MoreThanOrEqual(from), LessThanOrEqual(to)) };
  if (from) return { at: MoreThanOrEqual(from) };
  return to ? { at: LessThanOrEqual(to) } : {};
}
