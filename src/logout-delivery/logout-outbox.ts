import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, prepared } from '../database/index.js';
import { retryDelay } from './retry-delay.js';

/** Of one application at a time, so that one that hangs does not hold up the others. */
const OF_ONE_CLIENT = 4;

/** A delivery that is this instance's to attempt. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly clientId: string;
  readonly sessionId: string;
  readonly subject: string;
  /** This one counts. */
  readonly attempts: number;
  readonly giveUpAt: Date;
}

interface ClaimedRow {
  id: string;
  client_id: string;
  session_id: string;
  subject: string;
  attempts: number;
  give_up_at: Date;
}

/** Two instances never get the same row: the one skips what the other is locking, and then sees its lease. */
const CLAIM = prepared(
  `WITH due AS (
     SELECT d.id FROM
       (SELECT DISTINCT client_id FROM gh_logout_delivery
        WHERE next_attempt_at IS NOT NULL AND client_id <> ALL ($4::text[])) c
     CROSS JOIN LATERAL
       (SELECT id FROM gh_logout_delivery WHERE client_id = c.client_id
          AND next_attempt_at <= $1::timestamptz AND (leased_until IS NULL OR leased_until <= $1::timestamptz)
        ORDER BY next_attempt_at LIMIT ${OF_ONE_CLIENT} FOR UPDATE SKIP LOCKED) d
     LIMIT $3)
   UPDATE gh_logout_delivery SET attempts = attempts + 1, leased_until = $2::timestamptz
   WHERE id IN (SELECT id FROM due)
   RETURNING id, client_id, session_id, subject, attempts, give_up_at`,
);
const DELIVERED = prepared(
  `UPDATE gh_logout_delivery SET delivered_at = $2, next_attempt_at = NULL, leased_until = NULL, last_error = NULL
   WHERE id = $1`,
);
/** Not if the lease had run out and somebody else is at it. */
const FAILED = prepared(
  `UPDATE gh_logout_delivery SET next_attempt_at = $3, leased_until = NULL, last_error = $4
   WHERE id = $1 AND attempts = $2 AND delivered_at IS NULL`,
);

/** What is still to be delivered, shared by all instances. */
@Injectable()
export class LogoutOutbox {
  /** After so many seconds an attempt is taken for lost: longer than it takes to fetch a key and to deliver. */
  private readonly lease: number;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    { fetching }: Settings,
  ) {
    this.lease = 3 * fetching.timeout + 10;
  }

  /** Deliveries that are due, each leased to this instance. @param but clients that have enough under way */
  async claim(room: number, but: readonly string[]): Promise<ClaimedDelivery[]> {
    const values = [this.clock.now(), this.clock.in(this.lease), room, but];
    const rows = await this.database.run<ClaimedRow>(CLAIM, values);
    return rows.map((row) => ({
      id: row.id,
      clientId: row.client_id,
      sessionId: row.session_id,
      subject: row.subject,
      attempts: row.attempts,
      giveUpAt: row.give_up_at,
    }));
  }

  async succeeded({ id }: ClaimedDelivery): Promise<void> {
    await this.database.run(DELIVERED, [id, this.clock.now()]);
  }

  /** Returns whether it is given up. */
  async failed({ id, attempts, giveUpAt }: ClaimedDelivery, reason: string): Promise<boolean> {
    const next = this.clock.in(retryDelay(attempts));
    const isGivenUp = next > giveUpAt;
    await this.database.run(FAILED, [id, attempts, isGivenUp ? null : next, reason]);
    return isGivenUp;
  }
}
