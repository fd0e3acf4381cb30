import { Module } from '@nestjs/common';
import type { DynamicModule, MiddlewareConsumer, NestModule } from '@nestjs/common';
import { AccountModule } from './account/index.js';
import { AdminModule } from './admin/index.js';
import { ApplicationsModule } from './applications/index.js';
import { AuthorizationModule } from './authorization/index.js';
import { ClientsModule, CorsMiddleware } from './clients/index.js';
import type { Settings } from './config/index.js';
import { ConsoleModule } from './console/index.js';
import { GatehouseCoreModule } from './gatehouse-core.module.js';
import type { GatehousePorts } from './gatehouse-core.module.js';
import { GrantsModule } from './grants/index.js';
import { HealthModule } from './health/index.js';
import { IntrospectionModule } from './introspection/index.js';
import { LoginModule, SignUpModule } from './login/index.js';
import { LogoutModule } from './logout/index.js';
import { MetadataModule } from './metadata/index.js';
import { ProvisioningModule } from './provisioning/index.js';
import { PurgeModule } from './purge/index.js';
import { RegistrationModule } from './registration/index.js';
import { RevocationModule } from './revocation/index.js';
import { UserinfoModule } from './userinfo/index.js';

const READ_BY_PAGES = [
  '.well-known/openid-configuration',
  '.well-known/oauth-authorization-server',
  'oauth/jwks',
];

/** The authorization server, as one import. Whatever is listed here is served and advertised; nothing else is. */
@Module({})
export class GatehouseModule implements NestModule {
  static forRoot(settings: Settings, ports: GatehousePorts = {}): DynamicModule {
    return {
      module: GatehouseModule,
      imports: [
        GatehouseCoreModule.forRoot(settings, ports),
        ...(settings.authorization.enabled ? [AuthorizationModule] : []),
        GrantsModule,
        IntrospectionModule,
        RevocationModule,
        ...(settings.registration.access === 'off' ? [] : [RegistrationModule]),
        UserinfoModule,
        MetadataModule,
        LoginModule,
        ...(settings.signUp.enabled ? [SignUpModule] : []),
        LogoutModule,
        AccountModule,
        ...(settings.portal.enabled ? [ApplicationsModule] : []),
        HealthModule,
        AdminModule,
        ConsoleModule,
        ProvisioningModule,
        PurgeModule,
        ClientsModule,
      ],
    };
  }

  /** The folders of these documents lie below the clients, and cannot ask for this themselves. */
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CorsMiddleware).forRoutes(...READ_BY_PAGES);
  }
}
