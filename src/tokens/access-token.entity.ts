import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An opaque access token, by its digest. The hot path reads it with statements of its own. */
@Entity('gh_access_token')
@Index('gh_access_token_expiry', ['expiresAt'])
export class StoredAccessToken {
  /** SHA-256 of the token. */
  @PrimaryColumn('bytea')
  digest: Buffer;

  /** Null when the client acts for itself. */
  @Column('uuid', { name: 'authorization_id', nullable: true })
  authorizationId: string | null;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('text', { nullable: true })
  subject: string | null;

  /** Space-delimited. */
  @Column('text')
  scope: string;

  @Column('text', { array: true })
  audience: string[];

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  /** For one that ended alone; a family's end is in its authorization. */
  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
