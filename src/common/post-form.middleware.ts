import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { FormBodyMiddleware } from './form-body.middleware.js';
import { MethodNotAllowedError } from './oauth-errors.js';
import { sendOAuthError } from './send-oauth-error.js';

/** For endpoints that take nothing but a form by POST. @see RFC 6749 §3.2 */
@Injectable()
export class PostFormMiddleware extends FormBodyMiddleware {
  override use(request: Request, response: Response, next: NextFunction): void {
    if (request.method === 'POST') return super.use(request, response, next);
    sendOAuthError(response, new MethodNotAllowedError('POST'));
  }
}
