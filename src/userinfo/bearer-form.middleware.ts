import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { FormBodyMiddleware } from '../common/index.js';

/** A POST to userinfo may have no body at all, when its token is in the header. */
@Injectable()
export class BearerFormMiddleware extends FormBodyMiddleware {
  override use(request: Request, response: Response, next: NextFunction): void {
    if (request.headers.authorization !== undefined && !request.headers['content-type']) return next();
    super.use(request, response, next);
  }
}
