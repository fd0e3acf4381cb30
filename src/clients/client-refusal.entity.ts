import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { Client } from './client.entity.js';

/** Why requests of a client were refused lately, each reason once. */
@Entity('gh_client_refusal')
export class StoredClientRefusal {
  @PrimaryColumn('text', { name: 'client_id' })
  clientId: string;

  @ManyToOne(() => Client, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'client_id', foreignKeyConstraintName: 'gh_client_refusal_client_id_fkey' })
  client: Relation<Client>;

  @PrimaryColumn('text')
  error: string;

  /** The parameter at fault; empty when it is none. */
  @PrimaryColumn('text')
  parameter: string;

  @Column('text')
  description: string;

  /** What was asked for, where that is what was wrong. */
  @Column('text', { nullable: true })
  requested: string | null;

  /** PostgreSQL's bigint, which a number may not hold. */
  @Column('bigint', { default: 1 })
  occurrences: string;

  @Column('timestamptz', { name: 'last_at' })
  lastAt: Date;
}
