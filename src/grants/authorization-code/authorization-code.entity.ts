import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An authorization code, by its digest. The hot path reads it with statements of its own. */
@Entity('gh_authorization_code')
@Index('gh_authorization_code_expiry', ['expiresAt'])
export class StoredAuthorizationCode {
  /** SHA-256 of the code. */
  @PrimaryColumn('bytea')
  digest: Buffer;

  @Column('uuid', { name: 'authorization_id' })
  authorizationId: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  /** Null when the request named none (RFC 6749 §4.1.3). */
  @Column('text', { name: 'redirect_uri', nullable: true })
  redirectUri: string | null;

  /** S256 (RFC 7636 §4.2). */
  @Column('text', { name: 'code_challenge', nullable: true })
  codeChallenge: string | null;

  @Column('text', { nullable: true })
  nonce: string | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'consumed_at', nullable: true })
  consumedAt: Date | null;
}
