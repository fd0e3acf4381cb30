import type { Type } from '@nestjs/common';
import { ApplicationsModule } from './applications/index.js';
import { AuthorizationModule } from './authorization/index.js';
import { ConfigurationError } from './config/index.js';
import type { Settings } from './config/index.js';
import { SignUpModule } from './login/index.js';
import { RegistrationModule } from './registration/index.js';

/** A part that a setting leaves out: what is off is not loaded, and so neither served nor advertised. */
interface Feature {
  readonly module: Type;
  /** Where settings are made too late to ask them. */
  readonly byDefault: boolean;
  /** What turns it on. */
  readonly setting: string;
  readonly isOn: (settings: Settings) => boolean;
}

const FEATURES = {
  authorization: {
    module: AuthorizationModule,
    byDefault: true,
    setting: 'authorization.enabled',
    isOn: ({ authorization }) => authorization.enabled,
  },
  portal: {
    module: ApplicationsModule,
    byDefault: true,
    setting: 'portal.enabled',
    isOn: ({ portal }) => portal.enabled,
  },
  registration: {
    module: RegistrationModule,
    byDefault: false,
    setting: 'registration.access',
    isOn: ({ registration }) => registration.access !== 'off',
  },
  signUp: {
    module: SignUpModule,
    byDefault: false,
    setting: 'signUp.enabled',
    isOn: ({ signUp }) => signUp.enabled,
  },
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof FEATURES;
/** Which features are put together. */
export type Features = Readonly<Record<FeatureName, boolean>>;

const features = Object.entries(FEATURES) as [FeatureName, Feature][];

export const featuresOf = (settings: Settings): Features => chosen((feature) => feature.isOn(settings));

/** What is not named is as the default of its setting. */
export const featuresNamed = (named: Partial<Features> = {}): Features =>
  chosen((feature, name) => named[name] ?? feature.byDefault);

export const modulesOf = (loaded: Features): Type[] =>
  features.filter(([name]) => loaded[name]).map(([, { module }]) => module);

/** @throws ConfigurationError when the settings want something else than what was put together */
export function checkFeatures(settings: Settings, loaded: Features): void {
  const faults = features
    .filter(([name, feature]) => feature.isOn(settings) !== loaded[name])
    .map(
      ([name, { setting }]) => `${setting}: says otherwise than features.${name}, which is ${loaded[name]}`,
    );
  if (faults.length > 0) throw new ConfigurationError(faults);
}

const chosen = (choose: (feature: Feature, name: FeatureName) => boolean): Features =>
  Object.fromEntries(features.map(([name, feature]) => [name, choose(feature, name)])) as Features;
