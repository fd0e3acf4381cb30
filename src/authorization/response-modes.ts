import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { InvalidRequestError } from '../common/index.js';
import type { AuthorizationRedirect, OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { PagesService } from '../pages/index.js';

const DEFAULT_MODE = 'query';

/** Ways for an authorization response to reach the client. @see OAuth 2.0 Multiple Response Types §2.1 */
@Injectable()
export class ResponseModes {
  readonly names: readonly string[] = ['query', 'form_post'];

  constructor(
    private readonly settings: Settings,
    private readonly pages: PagesService,
  ) {}

  /** @throws InvalidRequestError */
  check(mode: string | undefined): void {
    if (mode === undefined || this.names.includes(mode)) return;
    throw new InvalidRequestError('response_mode is not supported', { parameter: 'response_mode' });
  }

  /** The mode that a request names, or the default: an error about the mode itself needs one, too. */
  safe(parameters: OAuthParameters): string {
    const mode = parameters['response_mode'];
    return mode !== undefined && this.names.includes(mode) ? mode : DEFAULT_MODE;
  }

  /** Every response, success or error, says who answers (RFC 9207 §2) and returns the state as it came. */
  respond(
    response: Response,
    redirect: AuthorizationRedirect,
    answer: Readonly<Record<string, string>>,
  ): void {
    const fields = {
      ...answer,
      ...(redirect.state !== undefined && { state: redirect.state }),
      iss: this.settings.issuer,
    };
    if (redirect.responseMode === 'form_post') {
      return this.pages.send(response, 'form-post', { action: redirect.redirectUri, fields });
    }
    response
      .set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
      .redirect(303, withQuery(redirect.redirectUri, fields));
  }
}

/** A query that the registered URI already has is kept (RFC 6749 §3.1.2). */
function withQuery(uri: string, fields: Readonly<Record<string, string>>): string {
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(fields).toString()}`;
}
