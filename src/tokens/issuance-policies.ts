import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import {
  AccessDeniedError,
  Clock,
  InvalidScopeError,
  InvalidTargetError,
  announce,
  discoverProviders,
} from '../common/index.js';
import { Settings } from '../config/index.js';
import { IssuancePolicyMark } from './issuance-policy.js';
import type { Issuance, IssuanceJudge, Narrowing, StepUp } from './issuance-policy.js';

/** What may be issued. */
export interface Judgement<I extends Issuance> {
  readonly issuance: I;
  /** What a policy wants first, and what the sign-in is not. */
  readonly stepUp: StepUp | null;
}

/** Asks the providers with `@IssuancePolicy()`. */
@Injectable()
export class IssuancePolicies implements OnApplicationBootstrap {
  private judges: readonly IssuanceJudge[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const found = discoverProviders<IssuanceJudge, unknown>(this.discovery, IssuancePolicyMark);
    announce(
      'issuance policies',
      found.map(({ name }) => name),
    );
    this.judges = found.map(({ instance }) => instance);
  }

  get isEmpty(): boolean {
    return this.judges.length === 0;
  }

  /**
   * Each hears what the ones before have left. All are heard: nobody is to sign in again for what is denied anyway.
   * @throws OAuthError when one denies it, or nothing is left
   */
  async judge<I extends Issuance>(asked: I): Promise<Judgement<I>> {
    let issuance = asked;
    let stepUp: StepUp | null = null;
    for (const judge of this.judges) {
      const verdict = await judge.judge(issuance);
      if (verdict.kind === 'deny') throw verdict.error;
      if (verdict.kind === 'narrow') issuance = { ...issuance, ...narrowed(issuance, verdict) };
      if (verdict.kind === 'step_up' && !this.isMet(verdict.to, issuance)) stepUp ??= verdict.to;
    }
    return { issuance, stepUp };
  }

  /** @throws AccessDeniedError when there is no user who could sign in */
  private isMet({ acr, maxAge }: StepUp, { subject, signIn }: Issuance): boolean {
    if (subject === null) throw new AccessDeniedError('only a user may have this');
    if (!signIn?.authenticatedAt) return false;
    const age = this.clock.now().getTime() - signIn.authenticatedAt.getTime();
    const context = this.settings.acr.find(({ value }) => value === acr);
    const isStrong = acr === undefined || context?.methods.every((method) => signIn.methods.includes(method));
    return isStrong === true && (maxAge === undefined || age <= maxAge * 1000);
  }
}

/** Never wider. No resource at all means this server's own APIs, so nothing must not come of something. */
function narrowed(asked: Issuance, to: Narrowing): Required<Narrowing> {
  const scope = to.scope ? asked.scope.intersect(to.scope) : asked.scope;
  const resources = asked.resources.filter((one) => to.resources?.includes(one) ?? true);
  if (scope.size === 0 && asked.scope.size > 0)
    throw new InvalidScopeError('nothing of the scope is allowed', { parameter: 'scope' });
  if (resources.length === 0 && asked.resources.length > 0)
    throw new InvalidTargetError('none of the resources is allowed', { parameter: 'resource' });
  return { scope, resources };
}
