import { Injectable } from '@nestjs/common';
import { Clock, Scope } from '../common/index.js';
import { Database, prepared } from '../database/index.js';
import { EventsService, OnOAuthEvent } from '../events/index.js';
import type { OAuthEventMap } from '../events/index.js';

const FIND = prepared('SELECT scope FROM gh_consent WHERE subject = $1 AND client_id = $2');
const LIST = prepared('SELECT client_id, scope, created_at FROM gh_consent WHERE subject = $1');
const PUT = prepared(
  `INSERT INTO gh_consent (subject, client_id, scope, updated_at) VALUES ($1, $2, $3, $4)
   ON CONFLICT (subject, client_id) DO UPDATE SET scope = EXCLUDED.scope, updated_at = EXCLUDED.updated_at`,
);
const DELETE = prepared('DELETE FROM gh_consent WHERE subject = $1 AND client_id = $2 RETURNING client_id');
const DELETE_OF_CLIENT = prepared('DELETE FROM gh_consent WHERE client_id = $1');

/** What a user has allowed one client, and since when. */
export interface RememberedConsent {
  readonly clientId: string;
  readonly scope: Scope;
  readonly since: Date;
}

/** What users have allowed to clients. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: EventsService,
  ) {}

  async remembered(subject: string, clientId: string): Promise<Scope> {
    const [row] = await this.database.run<{ scope: string }>(FIND, [subject, clientId]);
    return row ? Scope.parse(row.scope) : Scope.none;
  }

  /** Every decision of a user that is remembered. */
  async ofSubject(subject: string): Promise<RememberedConsent[]> {
    const rows = await this.database.run<ConsentRow>(LIST, [subject]);
    return rows.map((row) => ({
      clientId: row.client_id,
      scope: Scope.parse(row.scope),
      since: row.created_at,
    }));
  }

  /** Adds to what was allowed before. */
  async remember(subject: string, clientId: string, allowed: Scope): Promise<void> {
    const scope = (await this.remembered(subject, clientId)).union(allowed).toString();
    await this.database.run(PUT, [subject, clientId, scope, this.clock.now()]);
    this.events.emit('consent.given', { subject, clientId, scope: allowed.toString() });
  }

  /** Forgets the decision. Whoever calls this also revokes what the client holds. */
  async withdraw(subject: string, clientId: string): Promise<void> {
    const deleted = await this.database.run(DELETE, [subject, clientId]);
    if (deleted.length > 0) this.events.emit('consent.withdrawn', { subject, clientId });
  }

  /** Nobody has allowed anything to a client that will have the same identifier. */
  @OnOAuthEvent('client.deleted')
  async forgetClient({ clientId }: OAuthEventMap['client.deleted']): Promise<void> {
    await this.database.run(DELETE_OF_CLIENT, [clientId]);
  }
}

interface ConsentRow {
  client_id: string;
  scope: string;
  created_at: Date;
}
