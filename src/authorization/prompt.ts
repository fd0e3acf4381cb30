import type { OAuthError } from '../common/index.js';
import type { Interaction } from '../interactions/index.js';
import type { Session } from '../sessions/index.js';
import type { AuthorizationRequest } from './authorization-request.js';

/** One pass of a person through the flow: what is asked, who is signed in, what was done so far. */
export interface Visit {
  readonly request: AuthorizationRequest;
  readonly session: Session | null;
  /** Null at the first pass. */
  readonly interaction: Interaction | null;
}

/** What a person has to do first. */
export interface Need {
  /** The page where it is done. */
  readonly page: '/login' | '/consent';
  /** What prompt=none gets instead. */
  readonly refusal: OAuthError;
}

/** One condition that must hold before a code is issued. */
export interface Prompt {
  /** @throws OAuthError when the answer is no already. */
  need(visit: Visit): Promise<Need | null>;
}
