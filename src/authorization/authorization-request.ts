import type { Client, ResponsePart } from '../clients/index.js';
import type { AuthorizationRedirect, OAuthParameters, Scope } from '../common/index.js';
import type { RequestedClaims } from '../tokens/index.js';
import type { WantedContexts } from './authentication-contexts.js';

export type PromptValue = 'none' | 'login' | 'consent' | 'select_account' | 'create';

/** An authorization request that was checked from end to end: nothing after this reads the raw parameters. */
export interface AuthorizationRequest {
  /** What a request object held included, for the interaction that may have to repeat it. */
  readonly parameters: OAuthParameters;
  readonly client: Client;
  readonly redirect: AuthorizationRedirect;
  /** Whether the request named its redirect_uri: the token request must then do so too (RFC 6749 §4.1.3). */
  readonly namesRedirectUri: boolean;
  /** What the response is to carry. */
  readonly responseParts: ReadonlySet<ResponsePart>;
  readonly scope: Scope;
  /** What the user must allow: the scope, and those that open claims which were asked for by name. */
  readonly consentScope: Scope;
  /** Beside what the scope opens (OpenID Connect Core §5.5). */
  readonly claims: RequestedClaims | null;
  readonly resources: readonly string[];
  /** S256; null only where PKCE is not required. */
  readonly codeChallenge: string | null;
  readonly nonce: string | null;
  readonly prompts: ReadonlySet<PromptValue>;
  /** Seconds since the user proved who he is. */
  readonly maxAge: number | null;
  readonly contexts: WantedContexts;
  /** The subject that the application expects, from its id_token_hint or claims. */
  readonly expectedSubject: string | null;
}
