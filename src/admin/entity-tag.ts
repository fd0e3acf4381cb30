import { createHash } from 'node:crypto';
import { VersionConflictError } from '../clients/index.js';
import type { Client } from '../clients/index.js';

/** The entity tag of a client: it changes with every change. @see RFC 9110 §8.8.3 */
export const entityTagOf = ({ version }: Client): string => `"${version}"`;

/** The entity tag of what has no version: it changes with what is shown. */
export const entityTag = (shown: object): string =>
  `"${createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22)}"`;

/** Does the client still have a version that the request names? @throws VersionConflictError */
export const assertMatches = (client: Client, ifMatch: string | undefined): void =>
  assertSameTag(entityTagOf(client), ifMatch);

/**
 * Is the tag one that the request names? Weak tags never match.
 * @throws VersionConflictError
 * @see RFC 9110 §13.1.1
 */
export function assertSameTag(tag: string, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const named = ifMatch.split(',').map((one) => one.trim());
  if (!named.includes(tag)) throw new VersionConflictError();
}
