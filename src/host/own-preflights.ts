import type { NextFunction, Request, Response } from 'express';
import type { CorsMiddleware } from '../clients/index.js';

/** The addresses that pages of applications may call. */
const CALLED_BY_PAGES = [
  'oauth/token',
  'oauth/revoke',
  'oauth/userinfo',
  'oauth/jwks',
  '.well-known/openid-configuration',
  '.well-known/oauth-authorization-server',
];

/**
 * Which pages may call these is a matter of the clients that are registered, and not of the host's own CORS, whose
 * answer to a preflight would be the last word.
 * @param below as for {@link pathInsertion}
 */
export function ownPreflights(below: string, cors: CorsMiddleware) {
  const paths = new Set(CALLED_BY_PAGES.map((name) => `${below}/${name}`));
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method === 'OPTIONS' && paths.has(request.path)) cors.use(request, response, next);
    else next();
  };
}
