import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { AuthorizationRedirect } from '../../common/index.js';
import { ResponseMode } from '../response-mode.js';
import type { ResponseFields, ResponseSender } from '../response-mode.js';
import { lead } from './lead.js';

/** In the fragment, which stays in the browser. A registered URI has none of its own. @see RFC 6749 §3.1.2, §4.2.2 */
@Injectable()
@ResponseMode('fragment')
export class FragmentMode implements ResponseSender {
  readonly carriesTokens = true;

  respond(response: Response, { redirectUri }: AuthorizationRedirect, fields: ResponseFields): void {
    lead(response, `${redirectUri}#${new URLSearchParams(fields).toString()}`);
  }
}
