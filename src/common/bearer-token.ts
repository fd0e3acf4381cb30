import type { Request } from 'express';
import { MissingTokenError } from './bearer-errors.js';
import { InvalidRequestError } from './oauth-errors.js';

const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

/**
 * The token of a request: in the header, or in the form where a route takes that; never in the address.
 * @throws MissingTokenError when there is none, InvalidRequestError when there are two.
 * @see RFC 6750 §2
 */
export function bearerToken(request: Request): string {
  const header = request.headers.authorization;
  const inForm = formToken(request);
  if (header === undefined && inForm === undefined) throw new MissingTokenError('an access token is needed');
  if (header !== undefined && inForm !== undefined)
    throw new InvalidRequestError('two access tokens were sent');
  const token = inForm ?? BEARER.exec(header!)?.[1];
  if (token === undefined) throw new MissingTokenError('an access token is needed, as Authorization: Bearer');
  return token;
}

function formToken(request: Request): string | undefined {
  if (!request.is('application/x-www-form-urlencoded')) return undefined;
  const token: unknown = (request.body as Record<string, unknown> | undefined)?.['access_token'];
  return typeof token === 'string' ? token : undefined;
}
