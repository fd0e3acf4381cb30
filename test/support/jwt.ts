import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTVerifyResult } from 'jose';
import type { TestServer } from './server.js';

/** Verifies a JWT as a stranger would: with the published keys, at the server's time. */
export async function verifyJwt(
  server: TestServer,
  jwt: string,
  expected: { audience: string; typ?: string },
): Promise<JWTVerifyResult> {
  const jwks = (await server.send('/oauth/jwks')).json as JSONWebKeySet;
  return jwtVerify(jwt, createLocalJWKSet(jwks), {
    issuer: server.issuer,
    currentDate: server.clock.now(),
    ...expected,
  });
}

/** What a JWT says, believed without proof. */
export const claimsOf = decodeJwt;
export const headerOf = decodeProtectedHeader;
