import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Changes } from './changes.js';

/** Who changed what, and how. The table refuses UPDATE, DELETE and TRUNCATE. */
@Entity('gh_audit')
@Index('gh_audit_actor', ['actor', 'id'])
@Index('gh_audit_target', ['targetType', 'targetId', 'id'])
export class AuditRecord {
  /** UUIDv7: in the order of writing, as far as the clocks of the instances agree. */
  @PrimaryColumn('uuid')
  id: string;

  @Column('timestamptz')
  at: Date;

  /** The subject of a user, `client` and its id, `configuration file`, `command line` or `server`. */
  @Column('text')
  actor: string;

  @Column('text')
  action: string;

  @Column('text', { name: 'target_type' })
  targetType: string;

  @Column('text', { name: 'target_id' })
  targetId: string;

  /** Where the request came from; null where there was none. */
  @Column('text', { nullable: true })
  ip: string | null;

  @Column('jsonb')
  changes: Changes;
}
