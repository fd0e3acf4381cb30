import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Client } from '../clients/index.js';
import { signedInUser } from '../login/index.js';
import { PagesService } from '../pages/index.js';
import type { ApplicationsContext } from '../pages/index.js';
import { BrowsersService } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import { OwnApplicationsService } from './own-applications.service.js';

/** The page that lists a person's applications. */
@Injectable()
export class ApplicationsPage {
  constructor(
    private readonly users: UserStore,
    private readonly applications: OwnApplicationsService,
    private readonly browsers: BrowsersService,
    private readonly pages: PagesService,
  ) {}

  async send(request: Request, response: Response, session: Session, notice?: string): Promise<void> {
    const user = await signedInUser(this.users, session);
    const applications = await this.applications.list(session.subject);
    const csrf = this.browsers.csrfToken(request, response);
    this.pages.send(response, 'applications', { csrf, user, notice, applications: applications.map(row) });
  }
}

const row = (client: Client): ApplicationsContext['applications'][number] => ({
  clientId: client.id,
  name: client.name,
  type: client.isPublic ? 'public' : 'confidential',
  grantTypes: client.grantTypes,
  createdAt: client.createdAt.toISOString(),
});
