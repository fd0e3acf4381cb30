import { Catch, Injectable } from '@nestjs/common';
import type { ArgumentsHost } from '@nestjs/common';
import type { Response } from 'express';
import { Settings } from '../config/index.js';
import { PageErrorFilter, PagesService } from '../pages/index.js';
import { SignInNeededError } from '../sessions/index.js';

/** Leads whoever is not signed in to the sign-in page and back; other errors become pages. */
@Catch()
@Injectable()
export class SignInFilter extends PageErrorFilter {
  constructor(
    pages: PagesService,
    private readonly settings: Settings,
  ) {
    super(pages);
  }

  override catch(thrown: unknown, host: ArgumentsHost): void {
    if (!(thrown instanceof SignInNeededError)) return super.catch(thrown, host);
    host
      .switchToHttp()
      .getResponse<Response>()
      .set('Cache-Control', 'no-store')
      .redirect(303, `${this.settings.issuer}${thrown.page}${queryFor(thrown)}`);
  }
}

function queryFor({ interaction, returnTo }: SignInNeededError): string {
  if (interaction) return `?interaction=${encodeURIComponent(interaction)}`;
  return returnTo ? `?return_to=${encodeURIComponent(returnTo)}` : '';
}
