import type { Client } from '../clients/index.js';
import {
  InvalidRequestError,
  RegistrationNotSupportedError,
  RequestNotSupportedError,
  RequestUriNotSupportedError,
  UnauthorizedClientError,
  UnsupportedResponseTypeError,
} from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import type { PromptValue } from './authorization-request.js';

const PROMPTS: ReadonlySet<string> = new Set(['none', 'login', 'consent', 'select_account', 'create']);
/** RFC 7636 §4.2: the base64url form of a SHA-256 digest. */
const S256_CHALLENGE = /^[\w-]{43}$/;

/** What is not offered is refused, never ignored: it could have carried what matters. @see OpenID Connect Core §6.1 */
export function refuseUnsupported(parameters: OAuthParameters): void {
  if (parameters['request'] !== undefined) {
    throw new RequestNotSupportedError('request objects are not supported', { parameter: 'request' });
  }
  if (parameters['request_uri'] !== undefined) {
    throw new RequestUriNotSupportedError('request_uri is not supported', { parameter: 'request_uri' });
  }
  if (parameters['registration'] !== undefined) {
    throw new RegistrationNotSupportedError('registration is not supported', { parameter: 'registration' });
  }
}

/** @see RFC 6749 §3.1.1 */
export function checkResponseType(client: Client, responseType: string | undefined): void {
  const parameter = 'response_type';
  if (responseType === undefined) throw new InvalidRequestError('response_type is missing', { parameter });
  if (responseType !== 'code') {
    throw new UnsupportedResponseTypeError('the response type is not supported', { parameter });
  }
  if (!client.allowsResponseType(responseType) || !client.allowsGrantType('authorization_code')) {
    throw new UnauthorizedClientError('the client may not use this response type', { parameter });
  }
}

/** @see RFC 7636 §4.3, §4.4.1; RFC 9700 §2.1.1 (no `plain`) */
export function codeChallengeOf(parameters: OAuthParameters, isRequired: boolean): string | null {
  const { code_challenge: challenge, code_challenge_method: method } = parameters;
  if (challenge === undefined) {
    if (!isRequired && method === undefined) return null;
    throw new InvalidRequestError('code_challenge is missing', { parameter: 'code_challenge' });
  }
  if (method !== 'S256') {
    throw new InvalidRequestError('code_challenge_method must be S256', {
      parameter: 'code_challenge_method',
    });
  }
  if (!S256_CHALLENGE.test(challenge)) {
    throw new InvalidRequestError('code_challenge is malformed', { parameter: 'code_challenge' });
  }
  return challenge;
}

/** @see OpenID Connect Core §3.1.2.1: `none` stands alone */
export function promptsOf(prompt: string | undefined): ReadonlySet<PromptValue> {
  const prompts = prompt === undefined ? [] : prompt.split(' ');
  const isKnown = prompts.every((one) => PROMPTS.has(one));
  if (!isKnown || (prompts.includes('none') && prompts.length > 1)) {
    throw new InvalidRequestError('prompt is malformed', { parameter: 'prompt' });
  }
  return new Set(prompts as PromptValue[]);
}

/** Seconds. @see OpenID Connect Core §3.1.2.1 */
export function maxAgeOf(maxAge: string | undefined): number | null {
  if (maxAge === undefined) return null;
  if (!/^\d{1,9}$/.test(maxAge))
    throw new InvalidRequestError('max_age is malformed', { parameter: 'max_age' });
  return Number(maxAge);
}
