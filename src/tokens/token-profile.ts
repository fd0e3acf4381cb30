import type { Settings } from '../config/index.js';
import type { MintOrder } from './token-mint.js';

/** What an access token will be like. */
export interface TokenProfile {
  readonly format: 'opaque' | 'jwt';
  /** Seconds. */
  readonly ttl: number;
  readonly audience: readonly string[];
}

/**
 * The format: the resource decides, then the client, then the settings. The life: the shortest of what resources,
 * scopes and client say, or else the setting.
 */
export function tokenProfile({ issuance, resources, scopes }: MintOrder, settings: Settings): TokenProfile {
  const { client } = issuance;
  const wanted = resources.map((resource) => resource.accessTokenFormat).filter((format) => format !== null);
  const chosen = wanted.includes('opaque') ? 'opaque' : wanted[0];
  const lives = [...resources, ...scopes, client]
    .map((one) => one.accessTokenTtl)
    .filter((ttl) => ttl !== null);
  return {
    format: chosen ?? client.accessTokenFormat ?? settings.accessToken.format,
    ttl: Math.min(...(lives.length > 0 ? lives : [settings.accessToken.ttl])),
    audience: resources.length > 0 ? resources.map((resource) => resource.identifier) : [settings.issuer],
  };
}
