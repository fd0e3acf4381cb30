import { isIP } from 'node:net';
import { FetchError } from './fetch-error.js';
import { isPublicAddress } from './public-address.js';

/** A URL that may be connected to. */
export interface FetchTarget {
  readonly url: URL;
  /** The operator has named its host: it may be private, and speak http. */
  readonly isAllowedHost: boolean;
}

/**
 * Checks what can be told before a connection. `URL` has normalised the host by then: 2130706433, 0x7f.1 and
 * 0177.0.0.1 are 127.0.0.1.
 *
 * @throws FetchError
 */
export function fetchTarget(text: string, allowedHosts: readonly string[]): FetchTarget {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new FetchError('bad-url');
  const isAllowedHost = allowedHosts.some((allowed) => names(allowed.toLowerCase(), url));
  if (isAllowedHost) return { url, isAllowedHost };
  if (url.protocol !== 'https:') throw new FetchError('not-https');
  // No name is looked up for an address, so the look-up cannot check it.
  const address = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw new FetchError('forbidden-address');
  return { url, isAllowedHost };
}

function names(allowed: string, { hostname, port, protocol }: URL): boolean {
  const effectivePort = port || (protocol === 'https:' ? '443' : '80');
  return allowed === hostname || allowed === `${hostname}:${effectivePort}`;
}
