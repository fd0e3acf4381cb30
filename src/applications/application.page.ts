import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ClientRefusalsService } from '../clients/index.js';
import type { Client, ClientSecret } from '../clients/index.js';
import { Settings } from '../config/index.js';
import { signedInUser } from '../login/index.js';
import { PagesService } from '../pages/index.js';
import type { ApplicationContext } from '../pages/index.js';
import { BrowsersService } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import { valuesOf } from './application-values.js';
import { warningsFor } from './application-warnings.js';
import { explanationOf } from './refusal-explanation.js';
import { snippetsFor } from './snippets.js';

/** What an application is shown with, beside what it is. */
export interface ApplicationNews {
  readonly notice?: string;
  readonly newSecret?: string;
  readonly status?: number;
}

/** The page of one application: how to connect it, its settings and secrets, and what was refused. */
@Injectable()
export class ApplicationPage {
  constructor(
    private readonly settings: Settings,
    private readonly users: UserStore,
    private readonly refusals: ClientRefusalsService,
    private readonly browsers: BrowsersService,
    private readonly pages: PagesService,
  ) {}

  async send(
    request: Request,
    response: Response,
    session: Session,
    client: Client,
    { notice, newSecret, status }: ApplicationNews = {},
  ): Promise<void> {
    const { issuer } = this.settings;
    const context = {
      csrf: this.browsers.csrfToken(request, response),
      user: await signedInUser(this.users, session),
      notice: notice ?? standing(client),
      application: this.application(client),
      warnings: warningsFor(client),
      newSecret,
      endpoints: { issuer, authorization: `${issuer}/oauth/authorize`, token: `${issuer}/oauth/token` },
      snippets: snippetsFor(client, issuer),
      failures: await this.failures(client),
    };
    this.pages.send(response, 'application', context, { status });
  }

  private application(client: Client): ApplicationContext['application'] {
    return {
      ...valuesOf(client, this.settings.accessToken.format),
      clientId: client.id,
      readOnly: client.managedBy !== null,
      secrets: [...client.secrets].sort(byAge).map(({ id, label, createdAt, lastUsedAt, expiresAt }) => ({
        id,
        label,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString(),
        expiresAt: expiresAt?.toISOString(),
      })),
    };
  }

  private async failures(client: Client): Promise<ApplicationContext['failures']> {
    const refusals = await this.refusals.list(client.id);
    return refusals.map((refusal) => ({
      at: refusal.lastAt.toISOString(),
      error: refusal.error,
      explanation: explanationOf(refusal, client),
    }));
  }
}

const byAge = (one: ClientSecret, other: ClientSecret): number =>
  one.createdAt.getTime() - other.createdAt.getTime();

/** What its owner should know at every visit. */
function standing(client: Client): string | undefined {
  if (client.disabled)
    return 'An administrator has disabled this application: every request of it is refused.';
  if (client.managedBy !== null) {
    return 'This application is managed by the configuration file of the server, and can only be changed there.';
  }
  if (!client.isPublic && client.secrets.length === 0) {
    return 'This application has no secret yet: add one below.';
  }
  return undefined;
}
