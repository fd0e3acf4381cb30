import type { NextFunction, Request, Response } from 'express';
import { InvalidRequestError, RequestTooLargeError, sendOAuthError } from '../common/index.js';
import type { OAuthError } from '../common/index.js';

/**
 * What the host's parser cannot read of a request to an OAuth endpoint is answered as OAuth wants it (RFC 6749 §5.2).
 * No filter of ours ever sees it, because it never comes to a controller.
 * @param below as for {@link pathInsertion}
 */
export function ownErrors(below: string) {
  const ours = `${below}/oauth/`;
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const refusal = request.path.startsWith(ours) ? refusalFor(error) : null;
    if (!refusal || response.headersSent) return next(error);
    sendOAuthError(response, refusal);
  };
}

/** Whatever else went wrong on the way is the host's. */
function refusalFor(cause: unknown): OAuthError | null {
  const { status, type } = cause as { status?: unknown; type?: unknown };
  if (typeof status !== 'number' || status >= 500 || typeof type !== 'string') return null;
  if (status === 413) return new RequestTooLargeError('the request body is too large', { cause });
  return new InvalidRequestError('the request body cannot be read', { cause });
}
