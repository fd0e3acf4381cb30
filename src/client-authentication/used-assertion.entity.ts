import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A client assertion that was used: remembered for as long as it would be taken again. */
@Entity('gh_used_assertion')
@Index('gh_used_assertion_expiry', ['expiresAt'])
export class UsedAssertion {
  /** SHA-256 of the client and the `jti`: one client's say nothing about another's. */
  @PrimaryColumn('bytea')
  digest: Buffer;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
