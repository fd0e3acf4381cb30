import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scope } from '../common/index.js';

/** Names of claims that were asked for one by one, beside those that the scope opens. @see OpenID Connect Core §5.5 */
export interface RequestedClaims {
  readonly userinfo: readonly string[];
  readonly id_token: readonly string[];
}

/**
 * What a user has allowed a client: the root of a family of tokens. None of them is valid longer than this,
 * and revoking it ends them all, also those that a race still creates.
 */
@Entity('gh_authorization')
@Index('gh_authorization_subject', ['subject', 'clientId'])
@Index('gh_authorization_client', ['clientId'])
@Index('gh_authorization_session', ['sessionId'], { where: 'session_id IS NOT NULL' })
@Index('gh_authorization_expiry', ['expiresAt'])
export class Authorization {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('text')
  subject: string;

  /** As it was when this was allowed, for introspection. */
  @Column('text', { nullable: true })
  username: string | null;

  @Column('text', { name: 'scope' })
  grantedScope: string;

  @Column('text', { array: true })
  resources: string[];

  @Column('uuid', { name: 'session_id', nullable: true })
  sessionId: string | null;

  /** When the user proved who he is. */
  @Column('timestamptz', { name: 'authenticated_at', nullable: true })
  authenticatedAt: Date | null;

  /** How: values of RFC 8176. */
  @Column('text', { array: true })
  methods: string[];

  /** The authentication context that the sign-in satisfied; null when it has no name. */
  @Column('text', { nullable: true })
  acr: string | null;

  /** Null when there are none. */
  @Column('jsonb', { nullable: true })
  claims: RequestedClaims | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** The family's absolute end. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  /** When tokens of it were last issued; a minute late at most. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('text', { name: 'revocation_reason', nullable: true })
  revocationReason: string | null;

  /** Not stored yet: whoever issues its first credential stores both. */
  isNew = false;

  get scope(): Scope {
    return Scope.parse(this.grantedScope);
  }

  isLive(now: Date): boolean {
    return this.revokedAt === null && this.expiresAt > now;
  }
}
