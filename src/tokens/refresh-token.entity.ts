import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A refresh token, by its digest. The hot path reads it with statements of its own. */
@Entity('gh_refresh_token')
@Index('gh_refresh_token_expiry', ['expiresAt'])
export class StoredRefreshToken {
  /** SHA-256 of the token. */
  @PrimaryColumn('bytea')
  digest: Buffer;

  @Column('uuid', { name: 'authorization_id' })
  authorizationId: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'consumed_at', nullable: true })
  consumedAt: Date | null;

  /** The digest of the token that replaced it. */
  @Column('bytea', { nullable: true })
  successor: Buffer | null;

  /** The answer that it led to, readable only by who holds it. */
  @Column('bytea', { name: 'sealed_response', nullable: true })
  sealedResponse: Buffer | null;
}
