import type { NextFunction, Request, Response } from 'express';
import type { CorsMiddleware } from '../clients/index.js';

/** The endpoints that pages of applications call with more than a plain GET. */
const CALLED_BY_PAGES = ['token', 'revoke', 'userinfo'];

/**
 * Which pages may call these is a matter of the clients that are registered, and not of the host's own CORS, whose
 * answer to a preflight would be the last word.
 * @param below as for {@link pathInsertion}
 */
export function ownPreflights(below: string, cors: CorsMiddleware) {
  const paths = new Set(CALLED_BY_PAGES.map((name) => `${below}/oauth/${name}`));
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method === 'OPTIONS' && paths.has(request.path)) cors.use(request, response, next);
    else next();
  };
}
