import { createHash } from 'node:crypto';
import { isFrontChannel, responseParts } from '../clients/index.js';
import type { Client, ResponsePart } from '../clients/index.js';
import {
  InvalidRequestError,
  RegistrationNotSupportedError,
  UnauthorizedClientError,
  UnsupportedResponseTypeError,
} from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import type { Settings } from '../config/index.js';
import type { WantedContexts } from './authentication-contexts.js';
import type { PromptValue } from './authorization-request.js';

/** RFC 7636 §4.2: the base64url form of a SHA-256 digest. */
const S256_CHALLENGE = /^[\w-]{43}$/;
/** RFC 7636 §4.1: with `plain` the challenge is the verifier. */
const PLAIN_CHALLENGE = /^[\w.~-]{43,128}$/;

/** What is not offered is refused, never ignored: it could have carried what matters. @see OpenID Connect Core §7.2.1 */
export function refuseUnsupported(parameters: OAuthParameters): void {
  if (parameters['registration'] !== undefined) {
    throw new RegistrationNotSupportedError('registration is not supported', { parameter: 'registration' });
  }
}

/**
 * What the response is to carry. What returns tokens through the browser does not exist for a client that is not
 * registered for it (RFC 9700 §2.1.2).
 * @see RFC 6749 §3.1.1
 */
export function responsePartsOf(client: Client, responseType: string | undefined): ReadonlySet<ResponsePart> {
  const parameter = 'response_type';
  if (responseType === undefined) throw new InvalidRequestError('response_type is missing', { parameter });
  const parts = responseParts(responseType);
  const isAllowed = parts !== null && client.allowsResponseType(responseType);
  if (isAllowed) return parts;
  if (parts === null || isFrontChannel(parts)) {
    throw new UnsupportedResponseTypeError('the response type is not supported', { parameter });
  }
  throw new UnauthorizedClientError('the client may not use this response type', { parameter });
}

/** An ID token that comes through the browser must be bound to the request. @see OpenID Connect Core §3.2.2.1 */
export function nonceOf(parameters: OAuthParameters, parts: ReadonlySet<ResponsePart>): string | null {
  const { nonce } = parameters;
  if (nonce === undefined && parts.has('id_token')) {
    throw new InvalidRequestError('nonce is missing', { parameter: 'nonce' });
  }
  return nonce ?? null;
}

/**
 * The challenge in its S256 form. With `plain`, where a client is allowed it, the S256 of the challenge is kept, so
 * that one comparison serves both and nothing readable is stored.
 * @see RFC 7636 §4.3, §4.4.1; RFC 9700 §2.1.1
 */
export function codeChallengeOf(
  parameters: OAuthParameters,
  client: Client,
  isRequired: boolean,
): string | null {
  const { code_challenge: challenge, code_challenge_method: method } = parameters;
  if (challenge === undefined) {
    if (!isRequired && method === undefined) return null;
    throw new InvalidRequestError('code_challenge is missing', { parameter: 'code_challenge' });
  }
  if (method !== 'S256' && client.allowPkcePlain && PLAIN_CHALLENGE.test(challenge))
    return plainChallenge(challenge, method);
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

/** RFC 7636 §4.3: `plain` is also what no method means. */
function plainChallenge(challenge: string, method: string | undefined): string {
  if (method === undefined || method === 'plain')
    return createHash('sha256').update(challenge).digest('base64url');
  throw new InvalidRequestError('code_challenge_method is unknown', { parameter: 'code_challenge_method' });
}

/** What `prompt` may say here. @see Initiating User Registration via OpenID Connect 1.0 §4.1 */
export const promptsSupported = ({ signUp }: Pick<Settings, 'signUp'>): readonly string[] => [
  ...['none', 'login', 'consent', 'select_account'],
  ...(signUp.enabled ? ['create'] : []),
];

/** @see OpenID Connect Core §3.1.2.1: `none` stands alone */
export function promptsOf(
  prompt: string | undefined,
  supported: readonly string[],
): ReadonlySet<PromptValue> {
  const prompts = prompt === undefined ? [] : prompt.split(' ');
  const isKnown = prompts.every((one) => supported.includes(one));
  if (!isKnown || (prompts.includes('none') && prompts.length > 1)) {
    throw new InvalidRequestError('prompt is malformed', { parameter: 'prompt' });
  }
  return new Set(prompts as PromptValue[]);
}

/** What is wished for, in the request or by what the client is registered with. */
export const contextsOf = (acrValues: string | undefined, { defaultAcrValues }: Client): WantedContexts => ({
  values: acrValues?.split(' ') ?? defaultAcrValues,
  isEssential: false,
});

/** Seconds. @see OpenID Connect Core §3.1.2.1 */
export function maxAgeOf(maxAge: string | undefined): number | null {
  if (maxAge === undefined) return null;
  if (!/^\d{1,9}$/.test(maxAge))
    throw new InvalidRequestError('max_age is malformed', { parameter: 'max_age' });
  return Number(maxAge);
}
