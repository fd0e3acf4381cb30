import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { announce, discoverProviders, uniqueBy } from '../common/index.js';
import type { DiscoveredProvider } from '../common/index.js';
import type { LoginStepOptions, LoginStepRule, LoginStepVisit } from './login-step.js';

type Found = DiscoveredProvider<LoginStepRule, LoginStepOptions>;

/** Finds the login steps. */
export const LoginStepMark = DiscoveryService.createDecorator<LoginStepOptions>();

/** What is asked after the password, within sign-in. Until it is done, the session opens nothing. */
@Injectable()
export class LoginSteps implements OnApplicationBootstrap {
  private steps: readonly Found[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error when two claim one method: having done the one would pass for the other */
  onApplicationBootstrap(): void {
    const found = discoverProviders<LoginStepRule, LoginStepOptions>(this.discovery, LoginStepMark);
    this.steps = found.toSorted((one, other) => (one.metadata.order ?? 0) - (other.metadata.order ?? 0));
    uniqueBy(this.steps, ({ metadata }) => metadata.method, 'login step method');
    announce(
      'login steps',
      this.steps.map(({ name, metadata }) => `${name} (${metadata.method}, ${metadata.path})`),
    );
  }

  /** The methods that they add. */
  get methods(): string[] {
    return this.steps.map(({ metadata }) => metadata.method);
  }

  /** The path of the first that is still to be done; null when the sign-in is complete. */
  async pending(visit: LoginStepVisit): Promise<string | null> {
    for (const { instance, metadata } of this.steps) {
      if (visit.session.methods.includes(metadata.method)) continue;
      if (await instance.isNeeded(visit)) return metadata.path;
    }
    return null;
  }
}
