import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** A remembered decision: what a user has allowed a client, over all times he was asked. */
@Entity('gh_consent')
@Index('gh_consent_client', ['clientId'])
export class Consent {
  @PrimaryColumn('text')
  subject: string;

  @PrimaryColumn('text', { name: 'client_id' })
  clientId: string;

  /** Space-delimited. */
  @Column('text')
  scope: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
