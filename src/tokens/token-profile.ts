import type { Client } from '../clients/index.js';
import type { Settings } from '../config/index.js';
import type { Resource } from '../scopes/index.js';

/** What an access token will be like. */
export interface TokenProfile {
  readonly format: 'opaque' | 'jwt';
  /** Seconds. */
  readonly ttl: number;
  readonly audience: readonly string[];
}

/** The resource decides, then the client, then the server's settings. The shortest life wins. */
export function tokenProfile(
  client: Client,
  resources: readonly Resource[],
  settings: Settings,
): TokenProfile {
  const wanted = resources.map((resource) => resource.accessTokenFormat).filter((format) => format !== null);
  const chosen = wanted.includes('opaque') ? 'opaque' : wanted[0];
  const lives = resources.map((resource) => resource.accessTokenTtl).filter((ttl) => ttl !== null);
  return {
    format: chosen ?? client.accessTokenFormat ?? settings.accessToken.format,
    ttl: Math.min(...(lives.length > 0 ? lives : [settings.accessToken.ttl])),
    audience: resources.length > 0 ? resources.map((resource) => resource.identifier) : [settings.issuer],
  };
}
