import type { Session } from './session.js';

/** What a login step is asked about. */
export interface LoginStepVisit {
  readonly session: Session;
  /** The application that asks; null for our own pages, such as the account. */
  readonly clientId: string | null;
  /** The authentication contexts that are asked for, by the application or by a policy. */
  readonly acrValues: readonly string[];
}

/** Decides about one more thing to be asked within sign-in, after the password. */
export interface LoginStepRule {
  /** Whether this user has to do it. Who has done it is not asked about again in the session. */
  isNeeded(visit: LoginStepVisit): boolean | Promise<boolean>;
}

/** How a login step is put into the sign-in. */
export interface LoginStepOptions {
  /** The path of its page, below the issuer. */
  readonly path: `/${string}`;
  /** What having done it adds to `amr`: a value of RFC 8176. */
  readonly method: string;
  /** The lowest comes first; 0 unless told. */
  readonly order?: number;
}
