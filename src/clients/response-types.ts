/** What an authorization response may carry. */
export type ResponsePart = 'code' | 'token' | 'id_token';

const PARTS: ReadonlySet<string> = new Set(['code', 'token', 'id_token']);

/**
 * The parts of a response type, in whatever order they were written; null when it is none.
 * @see RFC 6749 §3.1.1; OAuth 2.0 Multiple Response Types §3, §5
 */
export function responseParts(responseType: string): ReadonlySet<ResponsePart> | null {
  const parts = responseType.split(' ');
  const isKnown = parts.every((part) => PARTS.has(part)) && new Set(parts).size === parts.length;
  return isKnown ? new Set(parts as ResponsePart[]) : null;
}

/** Tokens in the browser's address bar, which RFC 9700 §2.1.2 discourages: only for clients registered for it. */
export const isFrontChannel = (parts: ReadonlySet<ResponsePart>): boolean =>
  parts.has('token') || parts.has('id_token');

/** The grant types that a response type needs. @see RFC 7591 §2.1 */
export function grantTypesFor(parts: ReadonlySet<ResponsePart>): string[] {
  return [
    ...(parts.has('code') ? ['authorization_code'] : []),
    ...(isFrontChannel(parts) ? ['implicit'] : []),
  ];
}

/** One spelling for each, so that two can be compared. */
export const canonicalResponseType = (responseType: string): string =>
  responseType.split(' ').sort().join(' ');
