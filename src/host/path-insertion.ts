import type { NextFunction, Request, Response } from 'express';

const DOCUMENTS = ['oauth-authorization-server', 'oauth-protected-resource', 'openid-configuration'];

/**
 * Discovery as RFC 8414 §3.1 and RFC 9728 §3.1 want it: for an issuer with a path, the well-known part stands between host and path.
 * OpenID Connect Discovery §4 appends it instead, which is where the document really is.
 * @param below where our routes begin in this process, with a slash before and none behind; empty at the root
 */
export function pathInsertion(issuer: string, below: string) {
  const { pathname } = new URL(issuer);
  const addresses = new Map(
    DOCUMENTS.map((name) => [`/.well-known/${name}${pathname}`, `${below}/.well-known/${name}`]),
  );
  return (request: Request, _: Response, next: NextFunction): void => {
    const address = addresses.get(request.path);
    if (address) request.url = `${address}${request.url.slice(request.path.length)}`;
    next();
  };
}
