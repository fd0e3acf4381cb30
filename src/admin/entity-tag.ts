import { VersionConflictError } from '../clients/index.js';
import type { Client } from '../clients/index.js';

/** The entity tag of a client: it changes with every change. @see RFC 9110 §8.8.3 */
export const entityTagOf = ({ version }: Client): string => `"${version}"`;

/**
 * Does the client still have a version that the request names? Weak tags never match.
 * @throws VersionConflictError
 * @see RFC 9110 §13.1.1
 */
export function assertMatches(client: Client, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.includes(entityTagOf(client))) throw new VersionConflictError();
}
