import type { InjectionToken } from '@nestjs/common';
import { ConfigurationError, settingsFrom } from './config/index.js';
import type { Settings, SettingsInput } from './config/index.js';
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
    checkDatabase(settings, options);
    return settings;
  };
  return { inject, useFactory, maker: options.useClass };
}

/** @throws ConfigurationError when the settings mean another database than the host's */
export function checkDatabase(
  { database, environment, keyEncryptionKey }: Settings,
  wiring: GatehouseWiring,
): void {
  if (wiring.dataSource === undefined) return;
  if (database.url !== undefined)
    throw new ConfigurationError(['database.url: must not be set beside dataSource, which is the database']);
  // Otherwise the key is a file of this machine, and the next one would not have it.
  if (environment === 'production' && !keyEncryptionKey)
    throw new ConfigurationError(['keyEncryptionKey: must be set in production when dataSource is set']);
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
