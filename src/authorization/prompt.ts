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
  /** The path of the page where it is done. */
  readonly page: string;
  /** What the page says first. */
  readonly notice?: 'another_account';
  /** What prompt=none gets instead. */
  readonly refusal: OAuthError;
}

/** One condition that must hold before a code is issued. */
export interface Prompt {
  /** @throws OAuthError when the answer is no already. */
  need(visit: Visit): Need | null | Promise<Need | null>;
}

/** Has somebody signed in since the request came, and because of it? */
export const hasSignedInForThis = ({ session, interaction }: Visit): boolean =>
  session !== null && interaction !== null && session.authenticatedAt >= interaction.createdAt;
