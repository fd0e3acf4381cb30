import { Module } from '@nestjs/common';
import type { DynamicModule, MiddlewareConsumer, NestModule, Type } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AccountModule, HomeModule } from './account/index.js';
import { AdminModule } from './admin/index.js';
import { ClientsModule, CorsMiddleware } from './clients/index.js';
import { MountPoint } from './common/index.js';
import { Settings, settingsFrom } from './config/index.js';
import { ConsoleModule } from './console/index.js';
import { DatabaseModule } from './database/index.js';
import type { DatabaseOptions } from './database/index.js';
import { DocsModule } from './docs/index.js';
import { GatehouseCoreModule } from './gatehouse-core.module.js';
import type { SettingsProvider } from './gatehouse-core.module.js';
import { gatehouseEntities } from './gatehouse-entities.js';
import { featuresNamed, featuresOf, modulesOf } from './gatehouse-features.js';
import type { Features } from './gatehouse-features.js';
import type { GatehouseAsyncOptions, GatehouseOptions, GatehouseWiring } from './gatehouse-options.js';
import { checkDatabase, settingsProvider, splitOptions } from './gatehouse-settings.js';
import { GrantsModule } from './grants/index.js';
import { HealthModule } from './health/index.js';
import { Guest, HostDatabaseModule, HostModule, modulesBelow } from './host/index.js';
import { IntrospectionModule } from './introspection/index.js';
import { LoginModule } from './login/index.js';
import { LogoutModule } from './logout/index.js';
import { MetadataModule } from './metadata/index.js';
import { ProvisioningModule } from './provisioning/index.js';
import { PurgeModule } from './purge/index.js';
import { ProtectedResourceModule } from './resource-server/local/index.js';
import { RevocationModule } from './revocation/index.js';
import { UserinfoModule } from './userinfo/index.js';

/** Whatever is listed here, and what {@link Features} add, is served and advertised; nothing else is. */
const ALWAYS: Type[] = [
  GrantsModule,
  IntrospectionModule,
  RevocationModule,
  UserinfoModule,
  MetadataModule,
  ProtectedResourceModule,
  LoginModule,
  LogoutModule,
  AccountModule,
  AdminModule,
  ConsoleModule,
  ProvisioningModule,
  PurgeModule,
  ClientsModule,
  DocsModule,
];

/** What a host has at its root, or wants to: ours are there only where a prefix keeps them apart. */
const BELOW_A_PREFIX: Type[] = [HomeModule, HealthModule];

/** By every method, because preflights are OPTIONS. */
const READ_BY_PAGES = [
  '.well-known/openid-configuration',
  '.well-known/oauth-authorization-server',
  'oauth/jwks',
];

/** All that {@link GatehouseModule} is put together from. */
export interface GatehouseParts {
  readonly settings: SettingsProvider;
  readonly features: Features;
  readonly wiring?: GatehouseWiring;
  /** Laid over what the settings say of the database. */
  readonly database?: Partial<DatabaseOptions>;
  /** Whether the application is nothing else. */
  readonly isAlone?: boolean;
}

/** The authorization server, as one import. */
@Module({})
export class GatehouseModule implements NestModule {
  /**
   * Settings by the names of the declarative file, and what binds Gatehouse to the application.
   * @throws ConfigurationError with every fault of the settings at once
   */
  static forRoot(options: GatehouseOptions): DynamicModule {
    const { input, wiring } = splitOptions(options);
    const settings = settingsFrom(input);
    checkDatabase(settings, wiring);
    return GatehouseModule.with({
      settings: { useFactory: () => settings },
      features: featuresOf(settings),
      wiring,
    });
  }

  /** The same, with settings that a factory makes from what is injected. */
  static forRootAsync(options: GatehouseAsyncOptions): DynamicModule {
    const features = featuresNamed(options.features);
    return GatehouseModule.with({ settings: settingsProvider(options, features), features, wiring: options });
  }

  static with({ settings, features, wiring = {}, database, isAlone = false }: GatehouseParts): DynamicModule {
    const { prefix, dataSource } = wiring;
    const modules = [...modulesOf(features), ...ALWAYS, ...(prefix ? BELOW_A_PREFIX : [])];
    const mounted = [...modulesBelow(modules)];
    return {
      module: GatehouseModule,
      imports: [
        GatehouseCoreModule.forRoot(settings, wiring),
        dataSource === undefined
          ? ownDatabase(database)
          : HostDatabaseModule.forRoot(dataSource, gatehouseEntities),
        HostModule.forRoot({ modules: mounted, isAlone }),
        ...modules,
        RouterModule.register(prefix ? [{ path: prefix, children: mounted }] : []),
      ],
    };
  }

  constructor(
    private readonly guest: Guest,
    private readonly mount: MountPoint,
  ) {}

  /** The folders of these documents lie below the clients, and cannot ask for this themselves. */
  configure(consumer: MiddlewareConsumer): void {
    this.guest.settleIn();
    const paths = READ_BY_PAGES.map((path) => this.mount.pathTo(path));
    consumer.apply(CorsMiddleware).forRoutes(...paths);
  }
}

const ownDatabase = (special: Partial<DatabaseOptions> = {}): DynamicModule =>
  DatabaseModule.forRootAsync({
    inject: [Settings],
    useFactory: ({ database, dataDir }: Settings) => ({ url: database.url, dataDir, ...special }),
  });
