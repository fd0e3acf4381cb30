import { Global, Module } from '@nestjs/common';
import type {
  DynamicModule,
  FactoryProvider,
  HttpServer,
  OnModuleInit,
  Provider,
  Type,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import { Clock, MountPoint, PasswordHasher, REALM, SystemClock } from './common/index.js';
import { Settings } from './config/index.js';
import { ConsentPolicy, RememberingConsentPolicy } from './consent/index.js';
import type { GatehouseWiring, PortBinding } from './gatehouse-options.js';
import { PagesOptions } from './pages/index.js';
import { AccessTokenVerifier } from './resource-server/index.js';
import { LocalAccessTokenVerifier } from './resource-server/local/index.js';
import { TokensModule } from './tokens/index.js';
import { LocalUsersService, UserStore, UsersModule } from './users/index.js';

/** How the settings come about: at once, or from what the host injects. */
export interface SettingsProvider extends Pick<FactoryProvider<Settings>, 'useFactory' | 'inject'> {
  /** A class that is injected and that nobody else provides. */
  readonly maker?: Type;
}

/** A provider with a token of its own. */
type CustomProvider = Extract<Provider, { provide: unknown }>;

/**
 * The only global module, at the top: it binds settings and ports, so that features inject them without
 * importing upward.
 */
@Global()
@Module({})
export class GatehouseCoreModule implements OnModuleInit {
  constructor(
    private readonly settings: Settings,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Errors are answered where nothing can be injected, so the application itself knows the realm. */
  onModuleInit(): void {
    const adapter = this.host.httpAdapter as HttpServer | undefined;
    const app = adapter?.getInstance() as Partial<Express> | undefined;
    app?.set?.(REALM, this.settings.realm);
  }

  static forRoot({ maker, ...settings }: SettingsProvider, wiring: GatehouseWiring = {}): DynamicModule {
    const providers: CustomProvider[] = [
      { provide: Settings, ...settings },
      { provide: MountPoint, useValue: new MountPoint(wiring.prefix) },
      { provide: PagesOptions, inject: [Settings], useFactory: pagesOptions },
      { provide: PasswordHasher, inject: [Settings], useFactory: passwordHasher },
      { provide: Clock, ...bound(wiring.clock, { useClass: SystemClock }) },
      { provide: ConsentPolicy, ...bound(wiring.consentPolicy, { useClass: RememberingConsentPolicy }) },
      { provide: UserStore, ...bound(wiring.userStore, { useExisting: LocalUsersService }) },
      { provide: AccessTokenVerifier, useClass: LocalAccessTokenVerifier },
    ];
    return {
      module: GatehouseCoreModule,
      imports: [TokensModule, UsersModule, ...(wiring.imports ?? [])],
      providers: [...providers, ...(maker ? [maker] : [])],
      exports: providers.map(({ provide }) => provide),
    };
  }
}

/** A class alone stands for itself. */
const bound = <T>(binding: PortBinding<T> | undefined, ours: PortBinding<T>) => {
  const chosen = binding ?? ours;
  return (typeof chosen === 'function' ? { useClass: chosen } : chosen) as { useValue: T };
};

const passwordHasher = ({ passwords }: Settings): PasswordHasher => new PasswordHasher(passwords);

const pagesOptions = (settings: Settings): PagesOptions => ({
  issuer: settings.issuer,
  brandName: settings.pages.brand,
  templatesDirectory: settings.pages.templates,
  secure: settings.issuer.startsWith('https:'),
});
