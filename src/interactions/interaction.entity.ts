import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A login and consent round trip, by the digest of its id. The hot path reads it with statements of its own. */
@Entity('gh_interaction')
@Index('gh_interaction_expiry', ['expiresAt'])
export class StoredInteraction {
  /** SHA-256 of the id. */
  @PrimaryColumn('bytea')
  digest: Buffer;

  /** SHA-256 of the browser's cookie. */
  @Column('bytea')
  browser: Buffer;

  /** The authorization request, as it came. */
  @Column('jsonb')
  parameters: Record<string, string>;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('text', { name: 'redirect_uri' })
  redirectUri: string;

  /** Space-delimited. */
  @Column('text')
  scope: string;

  @Column('text', { array: true })
  resources: string[];

  /** The subject who was chosen among those signed in. */
  @Column('text', { nullable: true })
  selected: string | null;

  /** The subject who allowed it. */
  @Column('text', { name: 'consented_by', nullable: true })
  consentedBy: string | null;

  @Column('boolean', { default: false })
  denied: boolean;

  /** The steps that were done, each with the subject who has done it. */
  @Column('jsonb', { default: {} })
  steps: Record<string, string>;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
