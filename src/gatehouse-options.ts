import type { InjectionToken, ModuleMetadata, OptionalFactoryDependency, Type } from '@nestjs/common';
import type { Clock } from './common/index.js';
import type { SettingsInput } from './config/index.js';
import type { ConsentPolicy } from './consent/index.js';
import type { FeatureName } from './gatehouse-features.js';
import type { UserStore } from './users/index.js';

/** What stands for a port: a class of the host's, or any way that Nest has to provide one. */
export type PortBinding<T> =
  | Type<T>
  | { readonly useClass: Type<T> }
  | { readonly useExisting: InjectionToken }
  | { readonly useValue: T }
  | { readonly useFactory: (...injected: never[]) => T | Promise<T>; readonly inject?: InjectionToken[] };

/** What a host application may put in place of Gatehouse's own parts. */
export interface GatehousePorts {
  /** Its own users; without it, Gatehouse keeps local ones. */
  readonly userStore?: PortBinding<UserStore>;
  /** What users are asked about. */
  readonly consentPolicy?: PortBinding<ConsentPolicy>;
  readonly clock?: PortBinding<Clock>;
}

/** How Gatehouse is built into a host application: what must be known while modules are put together. */
export interface GatehouseWiring extends GatehousePorts {
  /** The modules whose providers the ports and the factory of the settings need. */
  readonly imports?: ModuleMetadata['imports'];
  /**
   * The name of the host's TypeORM connection to live in, `default` for the one without a name; without it, Gatehouse
   * opens the database that its settings name.
   */
  readonly dataSource?: string;
  /** The path below which every route lies; the issuer's path ends with it. */
  readonly prefix?: string;
}

/** Settings, by the names of the declarative file, and wiring. */
export type GatehouseOptions = SettingsInput & GatehouseWiring;

/** Makes the settings where a class is preferred to a function. */
export interface GatehouseOptionsFactory {
  createGatehouseOptions(): SettingsInput | Promise<SettingsInput>;
}

/** Settings that are made from what is injected, and wiring, which cannot be. */
export interface GatehouseAsyncOptions extends GatehouseWiring {
  readonly inject?: (InjectionToken | OptionalFactoryDependency)[];
  readonly useFactory?: (...injected: never[]) => SettingsInput | Promise<SettingsInput>;
  readonly useClass?: Type<GatehouseOptionsFactory>;
  readonly useExisting?: InjectionToken<GatehouseOptionsFactory>;
  /** What is served beside the default: it must fit the settings, which are not known yet when modules are chosen. */
  readonly features?: Partial<Record<FeatureName, boolean>>;
}
