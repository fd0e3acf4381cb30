import type { Client } from '../clients/index.js';
import type { Scope } from '../common/index.js';
import type { Session } from '../sessions/index.js';

/** What an interaction step is asked about. */
export interface InteractionStepVisit {
  /** The application that asks. */
  readonly client: Client;
  /** Who is signed in. */
  readonly session: Session;
  readonly scope: Scope;
  readonly resources: readonly string[];
}

/** Decides about a page of somebody's own on the way to the application. */
export interface InteractionStepRule {
  /** Whether this person has to do it. Who has done it is not asked about again on this way. */
  isNeeded(visit: InteractionStepVisit): boolean | Promise<boolean>;
}

/** How an interaction step is put into the way. */
export interface InteractionStepOptions {
  /** The path of its page, below the issuer. */
  readonly path: `/${string}`;
  readonly after: 'login' | 'consent';
  /** The lowest comes first; 0 unless told. */
  readonly order?: number;
}
