import { z } from 'zod';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** Whether the URL's host can only be this machine. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK_HOSTS.includes(url.hostname);
}

/**
 * Why a text cannot be an issuer identifier, or undefined when it can.
 * @see RFC 8414 §2: https, no query, no fragment; OpenID Connect Discovery 1.0 §3
 */
export function issuerFault(text: string): string | undefined {
  const authority = /^https?:\/\/([^/?#]+)/.exec(text)?.[1];
  if (authority === undefined || !URL.canParse(text))
    return 'must be a URL such as https://login.example.com';
  if (/[\s\\]/.test(text)) return 'must not contain white space or a backslash';
  if (authority.includes('@')) return 'must not contain a user name or a password';
  if (text.includes('?')) return 'must not have a query';
  if (text.includes('#')) return 'must not have a fragment';
  if (text.endsWith('/')) return 'must not end with a slash';
  const url = new URL(text);
  if (url.protocol === 'http:' && !isLoopback(url))
    return 'must start with https:// unless its host is loopback';
  return undefined;
}

/** An issuer identifier, kept byte for byte: clients compare it as a string (RFC 9207 §2.4). */
export function issuerUrl() {
  return z.string().check((context) => {
    const message = issuerFault(context.value);
    if (message) context.issues.push({ code: 'custom', message, input: context.value, continue: true });
  });
}
