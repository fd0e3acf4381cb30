import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock, InvalidRequestError, digestOf, randomToken } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, prepared } from '../database/index.js';
import { BrowsersService } from '../sessions/index.js';
import type { Interaction, InteractionAnswer } from './interaction.js';

const INSERT = prepared(
  `INSERT INTO gh_interaction
     (digest, browser, parameters, client_id, redirect_uri, scope, resources, created_at, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const FIND = prepared(
  `SELECT parameters, client_id, redirect_uri, scope, resources, selected, consented_by, denied, steps, created_at
   FROM gh_interaction WHERE digest = $1 AND browser = $2 AND expires_at > $3`,
);
const ANSWER = prepared(
  `UPDATE gh_interaction SET selected = coalesce($3, selected), consented_by = coalesce($4, consented_by),
     denied = denied OR $5, steps = steps || $6::jsonb
   WHERE digest = $1 AND browser = $2`,
);
const FINISH = prepared('DELETE FROM gh_interaction WHERE digest = $1 RETURNING digest');

interface InteractionRow {
  parameters: Record<string, string>;
  client_id: string;
  redirect_uri: string;
  scope: string;
  resources: string[];
  selected: string | null;
  consented_by: string | null;
  denied: boolean;
  steps: Record<string, string>;
  created_at: Date;
}

/** Keeps an authorization request while its user signs in and consents. */
@Injectable()
export class InteractionsService {
  constructor(
    private readonly browsers: BrowsersService,
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Returns the id for the address of the pages. */
  async begin(
    request: Request,
    response: Response,
    begun: Pick<Interaction, 'parameters' | 'clientId' | 'redirectUri' | 'scope' | 'resources'>,
  ): Promise<string> {
    const id = randomToken();
    const { parameters, clientId, redirectUri, scope, resources } = begun;
    const browser = this.browsers.recognise(request, response);
    const expiresAt = this.clock.in(this.settings.interaction.ttl);
    const what = [JSON.stringify(parameters), clientId, redirectUri, scope, resources];
    await this.database.run(INSERT, [digestOf(id), browser, ...what, this.clock.now(), expiresAt]);
    return id;
  }

  /** @throws InvalidRequestError when it is over, or was begun in another browser: one cannot tell which. */
  async get(request: Request, id: string): Promise<Interaction> {
    const browser = this.browsers.digest(request);
    const values = [digestOf(id), browser, this.clock.now()];
    const [row] = browser ? await this.database.run<InteractionRow>(FIND, values) : [];
    if (row) return fromRow(id, row);
    throw new InvalidRequestError(
      'this sign-in has expired or was begun in another browser: please start again at the application',
      { parameter: 'interaction' },
    );
  }

  async answer(
    request: Request,
    { id }: Interaction,
    { selected, consentedBy, denied, steps }: InteractionAnswer,
  ): Promise<void> {
    const answers = [selected ?? null, consentedBy ?? null, denied ?? false, JSON.stringify(steps ?? {})];
    await this.database.run(ANSWER, [digestOf(id), this.browsers.digest(request), ...answers]);
  }

  /** Ends it. True for exactly one caller, so that it yields one code at most. */
  async finish({ id }: Interaction): Promise<boolean> {
    return (await this.database.run(FINISH, [digestOf(id)])).length === 1;
  }
}

const fromRow = (id: string, row: InteractionRow): Interaction => ({
  id,
  parameters: row.parameters,
  clientId: row.client_id,
  redirectUri: row.redirect_uri,
  scope: row.scope,
  resources: row.resources,
  selected: row.selected,
  consentedBy: row.consented_by,
  denied: row.denied,
  steps: row.steps,
  createdAt: row.created_at,
});
