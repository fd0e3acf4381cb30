import type { Client } from './client.entity.js';

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?=[/?]|$)/;

/**
 * Is this exactly a registered redirect URI? Compared as text, never parsed (RFC 9700 §2.1): only the port of a
 * native client's loopback address may differ (RFC 8252 §7.3).
 */
export function isRegisteredRedirectUri(client: Client, requested: string): boolean {
  if (client.redirectUris.includes(requested)) return true;
  if (client.applicationType !== 'native') return false;
  const portless = withoutLoopbackPort(requested);
  return portless !== null && client.redirectUris.some((one) => withoutLoopbackPort(one) === portless);
}

/** The URI to use when the request names none: the only one registered (RFC 6749 §3.1.2.3). */
export const defaultRedirectUri = (client: Client): string | undefined =>
  client.redirectUris.length === 1 ? client.redirectUris[0] : undefined;

function withoutLoopbackPort(uri: string): string | null {
  const match = LOOPBACK.exec(uri);
  return match && !uri.includes('@') && URL.canParse(uri)
    ? `http://${match[1]}${uri.slice(match[0].length)}`
    : null;
}

/** Why a URI cannot be registered as redirect URI, or null. @see RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §4.1 */
export function redirectUriFault(uri: string, applicationType: string): string | null {
  if (!/^[\x21-\x7e]+$/.test(uri)) return 'must be plain ASCII without spaces (write IDNs in punycode)';
  if (/[\\<>"`{}|^]/.test(uri)) return 'must not hold any of \\ < > " ` { } | ^';
  if (uri.includes('#')) return 'must not have a fragment';
  if (uri.includes('*')) return 'must not hold a wildcard: it is compared exactly';
  if (!URL.canParse(uri)) return 'must be an absolute URI';
  const url = new URL(uri);
  if (url.username || url.password || authorityOf(uri).includes('@'))
    return 'must not hold a user name or password';
  if (url.protocol === 'https:') return url.hostname ? null : 'must name a host';
  if (url.protocol === 'http:')
    return isLoopback(url) ? null : 'must use https, except on loopback addresses';
  return applicationType === 'native' ? privateSchemeFault(url) : 'must use https';
}

const authorityOf = (uri: string): string => /^[^:]+:\/\/([^/?]*)/.exec(uri)?.[1] ?? '';

/** The person's own machine. @see RFC 8252 §7.3 */
export const isLoopback = (url: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);

/** RFC 8252 §7.1: a private-use scheme is a reversed domain name, which no dangerous scheme is. */
const privateSchemeFault = (url: URL): string | null =>
  /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(url.protocol)
    ? null
    : 'must use a private scheme that is a reversed domain name, such as com.example.app:/callback';
