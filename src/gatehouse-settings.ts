import type { InjectionToken } from '@nestjs/common';
import { ConfigurationError, settingsFrom } from './config/index.js';
import type { SettingsInput } from './config/index.js';
import type { SettingsProvider } from './gatehouse-core.module.js';
import { checkFeatures } from './gatehouse-features.js';
import type { Features } from './gatehouse-features.js';
import type {
  GatehouseAsyncOptions,
  GatehouseOptions,
  GatehouseOptionsFactory,
  GatehouseWiring,
} from './gatehouse-options.js';

/** The two halves of the options of `forRoot`: what could stand in a file, and what could not. */
export function splitOptions(options: GatehouseOptions): { input: SettingsInput; wiring: GatehouseWiring } {
  const { imports, dataSource, prefix, userStore, consentPolicy, clock, ...input } = options;
  return { input, wiring: { imports, dataSource, prefix, userStore, consentPolicy, clock } };
}

/** Settings as `forRootAsync` gets them: by a function, or by a class that Nest makes or has. */
export function settingsProvider(options: GatehouseAsyncOptions, features: Features): SettingsProvider {
  const { factory, inject } = factoryOf(options);
  const useFactory = async (...injected: unknown[]) => {
    const settings = settingsFrom(await factory(...(injected as never[])));
    checkFeatures(settings, features);
    return settings;
  };
  return { inject, useFactory, maker: options.useClass };
}

interface SettingsFactory {
  readonly inject: SettingsProvider['inject'];
  readonly factory: (...injected: never[]) => SettingsInput | Promise<SettingsInput>;
}

function factoryOf({
  useFactory,
  useClass,
  useExisting,
  inject = [],
}: GatehouseAsyncOptions): SettingsFactory {
  if (useFactory) return { inject, factory: useFactory };
  const token: InjectionToken | undefined = useExisting ?? useClass;
  if (token === undefined)
    throw new ConfigurationError(['forRootAsync: needs useFactory, useClass or useExisting']);
  return { inject: [token], factory: (made: GatehouseOptionsFactory) => made.createGatehouseOptions() };
}
