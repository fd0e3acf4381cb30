import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService } from '@nestjs/core';
import { announce, discoverProviders, uniqueBy } from '../common/index.js';
import type { DiscoveredProvider } from '../common/index.js';
import type { Interaction } from '../interactions/index.js';
import type {
  InteractionStepOptions,
  InteractionStepRule,
  InteractionStepVisit,
} from './interaction-step.js';
import { InteractionStepMark, interactionStepOf, loginStepOf } from './step-marks.js';

type Found = DiscoveredProvider<InteractionStepRule, InteractionStepOptions>;

/** The pages of extensions between sign-in, consent and the application. */
@Injectable()
export class InteractionSteps implements OnApplicationBootstrap {
  private steps: readonly Found[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error when two controllers claim the path of a step: which page came would be chance */
  onApplicationBootstrap(): void {
    const found = discoverProviders<InteractionStepRule, InteractionStepOptions>(
      this.discovery,
      InteractionStepMark,
    );
    this.steps = found.toSorted((one, other) => (one.metadata.order ?? 0) - (other.metadata.order ?? 0));
    uniqueBy(this.claimants(), ({ path }) => path, 'path');
    announce(
      'interaction steps',
      this.steps.map(({ name, metadata }) => `${name} (${metadata.path}, after ${metadata.after})`),
    );
  }

  /** The path of the first that is still to be done at this place. */
  async pending(
    after: InteractionStepOptions['after'],
    visit: InteractionStepVisit,
    interaction: Interaction | null,
  ): Promise<string | null> {
    for (const { instance, metadata } of this.steps) {
      const isDone = interaction?.steps[metadata.path] === visit.session.subject;
      if (metadata.after !== after || isDone) continue;
      if (await instance.isNeeded(visit)) return metadata.path;
    }
    return null;
  }

  /** Every controller at the path of a step, of either kind. */
  private claimants(): { readonly name: string; readonly path: string }[] {
    const types = new Set(this.discovery.getControllers().map(({ metatype }) => metatype as Type));
    const controllers = [...types].map((type) => ({ type, name: type.name, path: pathOf(type) }));
    const isStep = ({ type }: { type: Type }) => interactionStepOf(type) ?? loginStepOf(type);
    const paths = controllers.filter(isStep).map(({ path }) => path);
    return controllers.filter(({ path }) => paths.includes(path));
  }
}

const pathOf = (type: Type): string =>
  String(Reflect.getMetadata(PATH_METADATA, type) ?? '').replace(/^\/+|\/+$/g, '');
