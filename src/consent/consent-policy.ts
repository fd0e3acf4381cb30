import type { Client } from '../clients/index.js';
import type { Scope } from '../common/index.js';

/** What a policy decides about. */
export interface ConsentQuestion {
  readonly client: Client;
  readonly subject: string;
  readonly redirectUri: string;
  /** What is asked for now. */
  readonly scope: Scope;
  /** What the user allowed before. */
  readonly remembered: Scope;
}

/** Which scopes a user is still to be asked about: the port for a company's own rules. */
export abstract class ConsentPolicy {
  /** The scopes to ask about; none = no question is put. */
  abstract missing(question: ConsentQuestion): Scope | Promise<Scope>;
}
