import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { signedInUser } from '../login/index.js';
import { PagesService } from '../pages/index.js';
import type { ApplicationValues } from '../pages/index.js';
import { BrowsersService } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import { isAdvanced } from './advanced-values.js';
import type { ApplicationFaults } from './application-errors.js';
import { ApplicationOffersService } from './application-offers.service.js';

/** What a form is shown with. */
export interface ApplicationForm {
  /** Of the application to edit; undefined for a new one. */
  readonly clientId?: string;
  readonly values: ApplicationValues;
  readonly faults?: ApplicationFaults;
  readonly status?: number;
}

/** The form of a new application, or of one that exists. */
@Injectable()
export class ApplicationFormPage {
  constructor(
    private readonly users: UserStore,
    private readonly offers: ApplicationOffersService,
    private readonly browsers: BrowsersService,
    private readonly pages: PagesService,
  ) {}

  async send(request: Request, response: Response, session: Session, form: ApplicationForm): Promise<void> {
    const { clientId, values, faults = {}, status } = form;
    const user = await signedInUser(this.users, session);
    const scopes = await this.offers.scopes();
    const context = {
      csrf: this.browsers.csrfToken(request, response),
      user,
      mode: clientId === undefined ? ('create' as const) : ('edit' as const),
      action: clientId === undefined ? '/applications' : `/applications/${encodeURIComponent(clientId)}`,
      values,
      errors: faults,
      showsAdvanced: isAdvanced(values, faults),
      scopes,
      grantTypes: this.offers.grantTypes(),
    };
    this.pages.send(response, 'application-form', context, { status });
  }
}
