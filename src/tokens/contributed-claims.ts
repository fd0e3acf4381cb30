import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ServerError, announce, asOAuthError, discoverProviders } from '../common/index.js';
import type { DiscoveredProvider, OAuthError } from '../common/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';
import { ContributedClaimsTargets } from './claims-contributor.js';
import type { Claims, ClaimsContext, ClaimsContributor, ClaimsTarget } from './claims-contributor.js';
import { SERVER_CLAIMS } from './server-claims.js';

type Contributor = DiscoveredProvider<ClaimsContributor, readonly ClaimsTarget[]>;

/** What the providers with `@ContributesClaims()` add. Where there are none, nobody waits for anything. */
@Injectable()
@ContributesMetadata()
export class ContributedClaims implements OnApplicationBootstrap, MetadataContributor {
  private readonly logger = new Logger('Claims');
  private contributors: readonly Contributor[] = [];
  private readonly reported = new Set<string>();

  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    this.contributors = discoverProviders(this.discovery, ContributedClaimsTargets);
    const named = this.contributors.map(({ name, metadata }) => `${name} (${metadata.join(', ')})`);
    announce('claims contributors', named);
  }

  metadata(): ServerMetadata {
    const told = [...this.of('id_token'), ...this.of('userinfo')];
    return { claims_supported: told.flatMap(({ instance }) => instance.claims ?? []) };
  }

  has(target: ClaimsTarget): boolean {
    return this.of(target).length > 0;
  }

  /**
   * The claims with what was added to them.
   * @throws ServerError when a contributor fails
   */
  async add(target: ClaimsTarget, claims: object, context: ClaimsContext): Promise<Record<string, unknown>> {
    const joined: Record<string, unknown> = { ...claims };
    for (const contributor of this.of(target)) {
      const added = await this.ask(contributor, target, context);
      for (const [name, value] of Object.entries(added)) {
        if (SERVER_CLAIMS.has(name) || Object.hasOwn(joined, name)) this.report(contributor, name);
        else joined[name] = value;
      }
    }
    return joined;
  }

  private of(target: ClaimsTarget): readonly Contributor[] {
    return this.contributors.filter(({ metadata }) => metadata.includes(target));
  }

  private async ask({ name, instance }: Contributor, target: ClaimsTarget, context: ClaimsContext) {
    try {
      return (await instance.contribute(context, target)) satisfies Claims;
    } catch (thrown) {
      this.logger.error(`${name} failed: no ${target} is given`);
      throw failure(thrown);
    }
  }

  /** Once for each name: it would be the same at every token. */
  private report({ name }: Contributor, claim: string): void {
    const text = `${name} may not replace the claim ${claim}`;
    if (this.reported.has(text)) return;
    this.reported.add(text);
    this.logger.error(text);
  }
}

/** A refusal is no business of theirs, so it is our failure, too. */
function failure(thrown: unknown): OAuthError {
  const error = asOAuthError(thrown);
  return error.status >= 500 ? error : new ServerError('something went wrong on our side', { cause: thrown });
}
