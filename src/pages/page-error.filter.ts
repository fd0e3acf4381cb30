import { Catch, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OAuthErrorFilter, headersOf, randomBytes } from '../common/index.js';
import type { OAuthError } from '../common/index.js';
import { PagesService } from './pages.service.js';

/** An error of a page: HTML for a person, JSON for whoever asks for that. */
@Catch()
@Injectable()
export class PageErrorFilter extends OAuthErrorFilter {
  private readonly references = new Logger('ErrorPage');

  constructor(private readonly pages: PagesService) {
    super();
  }

  override send(error: OAuthError, request: Request, response: Response): void {
    if (request.accepts(['html', 'json']) !== 'html') return super.send(error, request, response);
    const { status, code, description, parameter } = error;
    const reference = randomBytes(6).toString('base64url');
    this.references.log(`${reference}: ${status} ${code}: ${description}`);
    const context = { status, error: code, description, parameter, reference, hint: hintFor(error) };
    this.pages.send(response, 'error', context, { status, headers: headersOf(error, response) });
  }
}

const HINTS: Readonly<Record<string, string>> = {
  redirect_uri:
    'The address that the application wants to return to must be registered, character by character. ' +
    'Its owner sees under Applications which one was asked for and what differs.',
  client_id: 'The application is not registered here, or was removed or disabled.',
};

const hintFor = ({ parameter }: OAuthError): string | undefined => (parameter ? HINTS[parameter] : undefined);
