import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { isFrontChannel, responseParts } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { InvalidRequestError } from '../common/index.js';
import type { AuthorizationRedirect, OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { PagesService } from '../pages/index.js';

/** Ways for an authorization response to reach the client. @see OAuth 2.0 Multiple Response Types §2.1 */
@Injectable()
export class ResponseModes {
  constructor(
    private readonly settings: Settings,
    private readonly pages: PagesService,
  ) {}

  /**
   * Tokens never go into a query, where servers log them; a fragment is for clients that may have tokens.
   * @throws InvalidRequestError
   */
  check(client: Client, parameters: OAuthParameters): void {
    const { response_mode: mode } = parameters;
    if (mode === undefined || allowedModes(client, parameters).includes(mode)) return;
    throw new InvalidRequestError('response_mode is not supported', { parameter: 'response_mode' });
  }

  /** The mode that a request names, or the default: an error about the mode itself needs one, too. */
  safe(client: Client, parameters: OAuthParameters): string {
    const allowed = allowedModes(client, parameters);
    const mode = parameters['response_mode'];
    return mode !== undefined && allowed.includes(mode) ? mode : allowed[0]!;
  }

  /** Every response, success or error, says who answers (RFC 9207 §2) and returns the state as it came. */
  respond(
    response: Response,
    redirect: AuthorizationRedirect,
    answer: Readonly<Record<string, string>>,
  ): void {
    const { redirectUri, responseMode, state } = redirect;
    const fields = { ...answer, ...(state !== undefined && { state }), iss: this.settings.issuer };
    if (responseMode === 'form_post') {
      return this.pages.send(response, 'form-post', { action: redirectUri, fields });
    }
    const address =
      responseMode === 'fragment' ? withFragment(redirectUri, fields) : withQuery(redirectUri, fields);
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).redirect(303, address);
  }
}

/** The default comes first. */
function allowedModes(client: Client, { response_type: responseType = '' }: OAuthParameters): string[] {
  const parts = client.allowsResponseType(responseType) ? responseParts(responseType) : null;
  if (parts && isFrontChannel(parts)) return ['fragment', 'form_post'];
  return ['query', 'form_post', ...(client.hasFrontChannel ? ['fragment'] : [])];
}

/** A query that the registered URI already has is kept (RFC 6749 §3.1.2). */
function withQuery(uri: string, fields: Readonly<Record<string, string>>): string {
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(fields).toString()}`;
}

/** A registered URI has no fragment of its own (RFC 6749 §3.1.2). */
const withFragment = (uri: string, fields: Readonly<Record<string, string>>): string =>
  `${uri}#${new URLSearchParams(fields).toString()}`;
