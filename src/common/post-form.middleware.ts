import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { FormBodyMiddleware } from './form-body.middleware.js';
import { InvalidRequestError, MethodNotAllowedError } from './oauth-errors.js';
import { sendOAuthError } from './send-oauth-error.js';

/** For endpoints that take nothing but a form by POST: the address ends up in logs. @see RFC 6749 §2.3.1, §3.2 */
@Injectable()
export class PostFormMiddleware extends FormBodyMiddleware {
  override use(request: Request, response: Response, next: NextFunction): void {
    if (request.method !== 'POST') return sendOAuthError(response, new MethodNotAllowedError('POST'));
    if (request.originalUrl.includes('?')) {
      return sendOAuthError(
        response,
        new InvalidRequestError('parameters must be in the form, not in the address'),
      );
    }
    super.use(request, response, next);
  }
}
