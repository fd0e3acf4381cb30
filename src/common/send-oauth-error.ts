import type { Response } from 'express';
import type { OAuthError } from './oauth-error.js';

/** Answers with the JSON form of an error. @see RFC 6749 §5.2 */
export function sendOAuthError(response: Response, error: OAuthError): void {
  response
    .status(error.status)
    .set({ 'Cache-Control': 'no-store', ...error.headers })
    .json(error.toJSON());
}
