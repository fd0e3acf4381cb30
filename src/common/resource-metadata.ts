import type { Response } from 'express';

/** A symbol, so that it is in no template of the host's that prints `res.locals`. */
const RESOURCE_METADATA = Symbol('RESOURCE_METADATA');

/** From now on, Bearer challenges of this answer say where the API describes itself. @see RFC 9728 §5.1 */
export function nameResourceMetadata(response: Response, url: string | null): void {
  if (url !== null) (response.locals as Locals)[RESOURCE_METADATA] = url;
}

/** For the parameters of a challenge. */
export function namedResourceMetadata(response: Response): { resource_metadata?: string } {
  const url = (response.locals as Locals)[RESOURCE_METADATA];
  return url === undefined ? {} : { resource_metadata: url };
}

interface Locals {
  [RESOURCE_METADATA]?: string;
}
