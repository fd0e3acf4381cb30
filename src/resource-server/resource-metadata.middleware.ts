import type { NextFunction, Request, Response } from 'express';
import { protectedResourceMetadata, publishedAt } from './protected-resource.js';
import type { ResourceServerOptions } from './resource-server-options.js';

/**
 * Answers at the address of RFC 9728 §3.1, which no prefix of the application may move and no guard of it may close.
 * Everything in it is public, so pages of every origin may read it.
 */
export function resourceMetadataMiddleware(options: ResourceServerOptions) {
  const url = publishedAt(options);
  const path = url === null ? null : new URL(url).pathname;
  const document = protectedResourceMetadata(options.audience, options.issuer, options.metadata || {});
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.path !== path || !['GET', 'HEAD'].includes(request.method)) return next();
    response
      .set({ 'Cache-Control': 'public, max-age=300', 'Access-Control-Allow-Origin': '*' })
      .json(document);
  };
}
