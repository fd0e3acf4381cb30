import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A self-contained access token that was revoked before its time: remembered until then. */
@Entity('gh_revoked_access_token')
@Index('gh_revoked_access_token_expiry', ['expiresAt'])
export class RevokedAccessToken {
  /** The token's `jti`. */
  @PrimaryColumn('uuid')
  id: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
