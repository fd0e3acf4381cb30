import type { Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Client } from '../clients/index.js';
import type { Scope } from '../common/index.js';
import type { Authorization } from './authorization.entity.js';

/** Where claims can be added: two kinds of JWT, and two answers in JSON. An opaque access token holds none. */
export type ClaimsTarget = 'id_token' | 'access_token' | 'userinfo' | 'introspection';

/** Claims by their names. What is `undefined` is left out. */
export type Claims = Readonly<Record<string, unknown>>;

/** What is known of the token, or of the answer, that claims are added to. */
export interface ClaimsContext {
  readonly client: Client;
  /** As the user store knows the user, also where the client gets a pairwise identifier; null for a machine. */
  readonly subject: string | null;
  readonly scope: Scope;
  /** The resource identifiers (RFC 8707); none = this server's own APIs. */
  readonly resources: readonly string[];
  /** What the user has allowed; null for a machine. */
  readonly authorization: Authorization | null;
}

/** Adds claims of the company's own. */
export interface ClaimsContributor<T extends ClaimsTarget = ClaimsTarget> {
  /** The names of what it may add, for `claims_supported` in the discovery document. */
  readonly claims?: readonly string[];
  /** Whatever it throws fails the request with server_error: a token is complete, or there is none. */
  contribute(context: ClaimsContext, target: T): Claims | Promise<Claims>;
}

/** The same with a property instead of a method, whose parameters TypeScript compares strictly. */
type Contributor<T extends ClaimsTarget> = {
  readonly contribute: (context: ClaimsContext, target: T) => Claims | Promise<Claims>;
};

/** Finds the contributors: its value is where their claims go. */
export const ContributedClaimsTargets = DiscoveryService.createDecorator<readonly ClaimsTarget[]>();

/**
 * Makes a provider a {@link ClaimsContributor} of these targets. It may add, and not replace: a claim that is there
 * already, or whose meaning a standard gives to the server, stays as it is.
 */
export const ContributesClaims = <T extends ClaimsTarget>(...targets: [T, ...T[]]) =>
  ContributedClaimsTargets(targets) as <C extends Type<Contributor<T>>>(target: C) => void;
