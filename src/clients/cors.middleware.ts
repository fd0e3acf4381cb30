import { Injectable } from '@nestjs/common';
import type { NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AllowedOriginsService } from './allowed-origins.service.js';
import type { Client } from './client.entity.js';

/** No page needs more than this. The longest that browsers keep a preflight answer is two hours. */
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'authorization, content-type, dpop',
  'Access-Control-Max-Age': '7200',
};
const MAXIMUM_ORIGIN = 300;

/** Lets pages of registered origins call an endpoint, without cookies. @see Fetch §3.3 */
@Injectable()
export class CorsMiddleware implements NestMiddleware {
  constructor(private readonly origins: AllowedOriginsService) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const { origin } = request.headers;
    if (origin === undefined) return next();
    this.answer(request, response, origin).then((isAnswered) => {
      if (!isAnswered) next();
    }, next);
  }

  /** True when it was a preflight, which ends here. */
  private async answer(request: Request, response: Response, origin: string): Promise<boolean> {
    response.vary('Origin');
    const isAllowed = origin.length <= MAXIMUM_ORIGIN && (await this.origins.isAllowed(origin));
    if (isAllowed) {
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': 'WWW-Authenticate',
      });
    }
    if (request.method !== 'OPTIONS') return false;
    response
      .set(isAllowed ? PREFLIGHT : {})
      .status(204)
      .end();
    return true;
  }
}

/** Once the client is known, only its own origins count: a page of another application must not read the answer. */
export function restrictOrigin(client: Client, request: Request, response: Response): void {
  const { origin } = request.headers;
  if (origin !== undefined && !client.allowedOrigins.includes(origin)) {
    response.removeHeader('Access-Control-Allow-Origin');
  }
}
