import type { Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Client } from '../clients/index.js';
import type { OAuthError, Scope } from '../common/index.js';

/** What is about to be issued, and to whom: tokens, or the code that leads to them. */
export interface Issuance {
  readonly client: Client;
  /** As the user store knows the user; null when the client acts for itself. */
  readonly subject: string | null;
  /** Within what the client is registered for. */
  readonly scope: Scope;
  /** The resource identifiers (RFC 8707); none = this server's own APIs. */
  readonly resources: readonly string[];
  /** Null at the authorization endpoint. */
  readonly grantType: string | null;
  /** The user's sign-in here; null when there was none. */
  readonly signIn: SignInFacts | null;
}

/** How and when a user has signed in. */
export interface SignInFacts {
  readonly authenticatedAt: Date | null;
  /** Values of RFC 8176. */
  readonly methods: readonly string[];
}

/** A sign-in that is stronger, more recent, or both. @see RFC 9470 §3 */
export type StepUp =
  | { readonly acr: string; readonly maxAge?: number }
  | {
      readonly acr?: string;
      /** Seconds since the user signed in. */
      readonly maxAge: number;
    };

/** What is left of an issuance; what is not named stays. */
export interface Narrowing {
  readonly scope?: Scope;
  readonly resources?: readonly string[];
}

/** What a policy decides; made by the functions of the same name. */
export type Verdict =
  | { readonly kind: 'allow' }
  | { readonly kind: 'deny'; readonly error: OAuthError }
  | ({ readonly kind: 'narrow' } & Narrowing)
  | { readonly kind: 'step_up'; readonly to: StepUp };

export const Verdict = {
  allow: (): Verdict => ({ kind: 'allow' }),
  /** The error goes to the client as it is. */
  deny: (error: OAuthError): Verdict => ({ kind: 'deny', error }),
  /** What was not asked for does not come in by this. */
  narrow: (to: Narrowing): Verdict => ({ kind: 'narrow', ...to }),
  /**
   * A sign-in that is like this will do. Any other leads to a new one where a person is there and it can help, and
   * elsewhere to a refusal that says what is needed.
   */
  stepUp: (to: StepUp): Verdict => ({ kind: 'step_up', to }),
} as const;

/** A company's own rule about who may have what. */
export interface IssuanceJudge {
  /** Before anything is issued, at each grant and at the authorization endpoint. @throws OAuthError to deny */
  judge(issuance: Issuance): Verdict | Promise<Verdict>;
}

/** Finds the policies. */
export const IssuancePolicyMark = DiscoveryService.createDecorator();

/** Makes a provider a policy: every issuance has to pass all of them, in the order in which they were loaded. */
export const IssuancePolicy = () =>
  IssuancePolicyMark() as <C extends Type<IssuanceJudge>>(target: C) => void;
