import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { Database, prepared } from '../database/index.js';
import { OnOAuthEvent } from '../events/index.js';
import type { OAuthEventMap } from '../events/index.js';

/** A client that is gone meanwhile has nobody to tell. */
const PUT = prepared(
  `INSERT INTO gh_client_refusal AS known (client_id, error, parameter, description, requested, occurrences, last_at)
   SELECT refused.* FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[],
     $7::timestamptz[]) AS refused(client_id, error, parameter, description, requested, occurrences, last_at)
   JOIN gh_client USING (client_id)
   ON CONFLICT (client_id, error, parameter) DO UPDATE SET description = EXCLUDED.description,
     requested = EXCLUDED.requested, last_at = EXCLUDED.last_at,
     occurrences = known.occurrences + EXCLUDED.occurrences`,
);
const LIST = prepared(
  `SELECT error, parameter, description, requested, occurrences, last_at FROM gh_client_refusal
   WHERE client_id = $1 ORDER BY last_at DESC LIMIT 20`,
);
const WRITE_EVERY = 2000;
/** Whoever floods us with faulty requests costs a row's worth of memory for each kind, and not one statement each. */
const MAXIMUM_PENDING = 1000;
const MAXIMUM_TEXT = 500;
const MAXIMUM_URI = 2000;

/** Why requests of a client were refused: one entry for each error and parameter, the latest first. */
export interface ClientRefusal {
  readonly error: string;
  /** The request parameter at fault; empty when it was not one alone. */
  readonly parameter: string;
  readonly description: string;
  /** The redirect URI that was asked for, when it is what was wrong. */
  readonly requested: string | null;
  readonly occurrences: number;
  readonly lastAt: Date;
}

type Pending = ClientRefusal & { readonly clientId: string };
type Refused = Omit<Pending, 'occurrences' | 'lastAt'>;

/** Remembers for the owner of a client what the wire does not say: the latest of each kind, and how often. */
@Injectable()
export class ClientRefusalsService implements OnApplicationShutdown {
  private pending = new Map<string, Pending>();
  private readonly timer = setInterval(() => void this.write().catch(() => undefined), WRITE_EVERY).unref();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Reads what this instance has seen until now; what others have seen arrives within seconds. */
  async list(clientId: string): Promise<ClientRefusal[]> {
    await this.write();
    const rows = await this.database.run<RefusalRow>(LIST, [clientId]);
    return rows.map(({ occurrences, last_at, ...row }) => ({
      ...row,
      occurrences: Number(occurrences),
      lastAt: last_at,
    }));
  }

  @OnOAuthEvent('authorization.refused')
  onAuthorizationRefused(event: OAuthEventMap['authorization.refused']): void {
    this.note({ ...event, parameter: event.parameter ?? '' });
  }

  @OnOAuthEvent('token.refused')
  onTokenRefused(event: OAuthEventMap['token.refused']): void {
    this.note({ ...event, parameter: '', requested: null });
  }

  @OnOAuthEvent('client.authentication_failed')
  onAuthenticationFailed({ clientId, reason }: OAuthEventMap['client.authentication_failed']): void {
    if (clientId === null) return;
    this.note({ clientId, error: 'invalid_client', parameter: '', description: reason, requested: null });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write().catch(() => undefined);
  }

  private note(refused: Refused): void {
    const kept = cut(refused);
    const key = JSON.stringify([kept.clientId, kept.error, kept.parameter]);
    const earlier = this.pending.get(key);
    if (!earlier && this.pending.size >= MAXIMUM_PENDING) return;
    const occurrences = (earlier?.occurrences ?? 0) + 1;
    this.pending.set(key, { ...kept, occurrences, lastAt: this.clock.now() });
  }

  private async write(): Promise<void> {
    if (this.pending.size === 0) return;
    const refusals = [...this.pending.values()];
    this.pending = new Map();
    const column = <K extends keyof (typeof refusals)[number]>(name: K) => refusals.map((one) => one[name]);
    await this.database.run(PUT, [
      column('clientId'),
      column('error'),
      column('parameter'),
      column('description'),
      column('requested'),
      column('occurrences'),
      column('lastAt'),
    ]);
  }
}

const cut = ({ clientId, error, parameter, description, requested }: Refused): Refused => ({
  clientId,
  error: error.slice(0, MAXIMUM_TEXT),
  parameter: parameter.slice(0, MAXIMUM_TEXT),
  description: description.slice(0, MAXIMUM_TEXT),
  requested: requested?.slice(0, MAXIMUM_URI) ?? null,
});

interface RefusalRow {
  error: string;
  parameter: string;
  description: string;
  requested: string | null;
  occurrences: string;
  last_at: Date;
}
