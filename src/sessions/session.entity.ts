import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A session, by the digest of its cookie. The hot path reads it with statements of its own. */
@Entity('gh_session')
@Index('gh_session_id', ['id'], { unique: true })
@Index('gh_session_subject', ['subject'])
@Index('gh_session_expiry', ['expiresAt'])
export class StoredSession {
  /** SHA-256 of the cookie. */
  @PrimaryColumn('bytea')
  digest: Buffer;

  /** The `sid` of OpenID Connect: not a credential. */
  @Column('uuid')
  id: string;

  @Column('text')
  subject: string;

  @Column('text')
  username: string;

  @Column('timestamptz', { name: 'authenticated_at' })
  authenticatedAt: Date;

  /** How the user proved who he is: values of RFC 8176. */
  @Column('text', { array: true })
  methods: string[];

  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
