import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { AuthorizationRedirect } from '../../common/index.js';
import { PagesService } from '../../pages/index.js';
import { ResponseMode } from '../response-mode.js';
import type { ResponseFields, ResponseSender } from '../response-mode.js';

/** In a form that posts itself. @see OAuth 2.0 Form Post Response Mode §2 */
@Injectable()
@ResponseMode('form_post')
export class FormPostMode implements ResponseSender {
  readonly carriesTokens = true;

  constructor(private readonly pages: PagesService) {}

  respond(response: Response, { redirectUri }: AuthorizationRedirect, fields: ResponseFields): void {
    this.pages.send(response, 'form-post', { action: redirectUri, fields });
  }
}
