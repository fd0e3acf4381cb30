import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database } from '../database/index.js';
import type { PreparedStatement } from '../database/index.js';
import { EventsService } from '../events/index.js';
import { KEEP_DELIVERIES } from './logout-delivery.entity.js';
import { END, END_OF_SUBJECT } from './session-end.js';
import type { EndedRow, EndedSession } from './session-end.js';

/** Ends sessions for good: the one way to do it, so that no application is ever forgotten. */
@Injectable()
export class SessionEnds {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly events: EventsService,
  ) {}

  /** Null when there is none. @param digest of the session's cookie @param reason for the record */
  async end(digest: Buffer, reason: string): Promise<EndedSession | null> {
    const [ended] = await this.run(END, digest, reason);
    return ended ?? null;
  }

  async endOfSubject(subject: string, reason: string): Promise<void> {
    await this.run(END_OF_SUBJECT, subject, reason);
  }

  private async run(statement: PreparedStatement, key: unknown, reason: string): Promise<EndedSession[]> {
    const { giveUpAfter } = this.settings.logout;
    const giveUpAt = this.clock.in(giveUpAfter);
    const expiresAt = this.clock.in(giveUpAfter + KEEP_DELIVERIES);
    const values = [key, this.clock.now(), giveUpAt, expiresAt, reason];
    const rows = await this.database.run<EndedRow>(statement, values);
    const ended = rows.map(({ id, subject, front_channel: frontChannel }) => ({ id, subject, frontChannel }));
    for (const { id, subject } of ended) this.events.emit('user.signed_out', { subject, sessionId: id });
    return ended;
  }
}
