import { Global, Module } from '@nestjs/common';
import type { DynamicModule, HttpServer, OnModuleInit, Provider, Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import { Clock, PasswordHasher, REALM, SystemClock } from './common/index.js';
import { Settings } from './config/index.js';
import { ConsentPolicy, RememberingConsentPolicy } from './consent/index.js';
import { PagesOptions } from './pages/index.js';
import { AccessTokenVerifier } from './resource-server/index.js';
import { LocalAccessTokenVerifier } from './resource-server/local/index.js';
import { TokensModule } from './tokens/index.js';
import { LocalUsersService, UserStore, UsersModule } from './users/index.js';

/** What a host application may put in place of Gatehouse's own parts. */
export interface GatehousePorts {
  readonly userStore?: Type<UserStore>;
  readonly consentPolicy?: Type<ConsentPolicy>;
  readonly clock?: Type<Clock>;
}

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

  static forRoot(settings: Settings, ports: GatehousePorts = {}): DynamicModule {
    const providers: Provider[] = [
      { provide: Settings, useValue: settings },
      { provide: PagesOptions, useValue: pagesOptions(settings) },
      { provide: PasswordHasher, useFactory: () => new PasswordHasher(settings.passwords) },
      { provide: Clock, useClass: ports.clock ?? SystemClock },
      { provide: ConsentPolicy, useClass: ports.consentPolicy ?? RememberingConsentPolicy },
      ports.userStore
        ? { provide: UserStore, useClass: ports.userStore }
        : { provide: UserStore, useExisting: LocalUsersService },
      { provide: AccessTokenVerifier, useClass: LocalAccessTokenVerifier },
    ];
    const exported = [
      Settings,
      PagesOptions,
      PasswordHasher,
      Clock,
      ConsentPolicy,
      UserStore,
      AccessTokenVerifier,
    ];
    return {
      module: GatehouseCoreModule,
      imports: [TokensModule, UsersModule],
      providers,
      exports: exported,
    };
  }
}

const pagesOptions = (settings: Settings): PagesOptions => ({
  issuer: settings.issuer,
  brandName: settings.pages.brand,
  templatesDirectory: settings.pages.templates,
  secure: settings.issuer.startsWith('https:'),
});
