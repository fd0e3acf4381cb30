import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Lets software register itself: made by an administrator for one deployment or one partner. @see RFC 7591 §3 */
@Entity('gh_initial_access_token')
@Index('gh_initial_access_token_digest', ['digest'], { unique: true })
export class InitialAccessToken {
  @PrimaryColumn('uuid')
  id: string;

  /** SHA-256: the token itself was shown once. */
  @Column('bytea')
  digest: Buffer;

  /** What it is for. */
  @Column('text')
  label: string;

  /** How many clients may still register with it; null = any number. */
  @Column('integer', { name: 'uses_left', nullable: true })
  usesLeft: number | null;

  @Column('text', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;
}
