import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { AuthorizationRedirect } from '../../common/index.js';
import { ResponseMode } from '../response-mode.js';
import type { ResponseFields, ResponseSender } from '../response-mode.js';
import { lead } from './lead.js';

/** In the query of the redirect URI: what it already holds is kept. @see RFC 6749 §3.1.2, §4.1.2 */
@Injectable()
@ResponseMode('query')
export class QueryMode implements ResponseSender {
  readonly carriesTokens = false;

  respond(response: Response, { redirectUri }: AuthorizationRedirect, fields: ResponseFields): void {
    const separator = redirectUri.includes('?') ? '&' : '?';
    lead(response, `${redirectUri}${separator}${new URLSearchParams(fields).toString()}`);
  }
}
