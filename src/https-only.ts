import type { NextFunction, Request, Response } from 'express';
import { InvalidRequestError, sendOAuthError } from './common/index.js';
import type { Settings } from './config/index.js';

/** What probes and scrapers call, who come past the proxy. */
const INTERNAL = /^\/(health\/|metrics$)/;

class HttpsRequiredError extends InvalidRequestError {
  override readonly status = 403;
}

/**
 * Refuses what came by plain http: never redirected, so that whoever sends credentials that way finds out.
 * Without TLS of its own, only a trusted proxy can tell the server how a request came.
 * @see RFC 6749 §3.1, §3.2: TLS is required
 */
export function httpsOnly({ https, tls, trustedProxies }: Settings) {
  const canTell = tls.cert !== undefined || trustedProxies.length > 0;
  const isEnforced = https.required && canTell;
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!isEnforced || cameByHttps(request) || INTERNAL.test(request.path)) return next();
    sendOAuthError(response, new HttpsRequiredError('https is required'));
  };
}

/** Express believes the first of several proxies; one that appends would let a client say what it likes. */
const cameByHttps = (request: Request): boolean =>
  request.secure && !/\bhttp\b/i.test(request.get('x-forwarded-proto') ?? '');
