import type { Response } from 'express';
import type { OAuthError } from './oauth-error.js';
import { namedResourceMetadata } from './resource-metadata.js';

/** The Express setting that holds the realm of every challenge. */
export const REALM = 'gatehouse realm';

/** Answers with the JSON form of an error. @see RFC 6749 §5.2 */
export function sendOAuthError(response: Response, error: OAuthError): void {
  response
    .status(error.status)
    .set({ 'Cache-Control': 'no-store', ...headersOf(error, response) })
    .json(error.toJSON());
}

/** The headers that an error asks for, its challenge among them. @see RFC 9110 §11.6.1 */
export function headersOf({ headers, challenge }: OAuthError, response: Response): Record<string, string> {
  if (!challenge) return { ...headers };
  const realm = (response.app.get(REALM) as string | undefined) ?? 'gatehouse';
  const more = challenge.scheme === 'Bearer' ? namedResourceMetadata(response) : {};
  const parameters = Object.entries({ realm, ...challenge.parameters, ...more });
  const text = parameters.map(([name, value]) => `${name}="${value}"`).join(', ');
  return { ...headers, 'WWW-Authenticate': `${challenge.scheme} ${text}` };
}
