import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How long the record stays after the last attempt, in seconds. */
export const KEEP_DELIVERIES = 7 * 86_400;

/**
 * An application that has to be told, behind the browser, that a session ended. The row is written by the statement
 * that ends the session, so neither exists without the other.
 * @see OpenID Connect Back-Channel Logout 1.0 §2.5
 */
@Entity('gh_logout_delivery')
@Index('gh_logout_delivery_due', ['clientId', 'nextAttemptAt'], { where: 'next_attempt_at IS NOT NULL' })
@Index('gh_logout_delivery_client', ['clientId', 'createdAt'])
@Index('gh_logout_delivery_expiry', ['expiresAt'])
export class LogoutDelivery {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  /** The `sid` of the session that ended. */
  @Column('uuid', { name: 'session_id' })
  sessionId: string;

  @Column('text')
  subject: string;

  @Column('integer', { default: 0 })
  attempts: number;

  /** Null once it is over. */
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt: Date | null;

  /** While an attempt is under way: when another instance may try, because whoever made it must be gone. */
  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil: Date | null;

  /** Why the latest attempt failed, for people. */
  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt: Date | null;

  /** When the session ended. */
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'give_up_at' })
  giveUpAt: Date;

  /** When the record goes. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  get state(): LogoutDeliveryState {
    if (this.deliveredAt !== null) return 'delivered';
    return this.nextAttemptAt === null ? 'failed' : 'pending';
  }
}

export type LogoutDeliveryState = 'pending' | 'delivered' | 'failed';
