import { Catch, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { asOAuthError } from '../common/index.js';
import type { OAuthError } from '../common/index.js';
import { PageErrorFilter, PagesService } from '../pages/index.js';
import { ResponseModes } from './response-modes.js';

/** An error that carries a proven redirect goes to the client as a code would; any other is a page. */
@Catch()
@Injectable()
export class AuthorizationErrorFilter extends PageErrorFilter {
  constructor(
    pages: PagesService,
    private readonly responseModes: ResponseModes,
  ) {
    super(pages);
  }

  override send(error: OAuthError, request: Request, response: Response): void {
    if (!error.redirect) return super.send(error, request, response);
    const sent = this.responseModes.respond(response, error.redirect, error.toJSON());
    // A mode of somebody's own may fail, and nothing else would answer then.
    sent.catch((thrown: unknown) => super.send(asOAuthError(thrown), request, response));
  }
}
