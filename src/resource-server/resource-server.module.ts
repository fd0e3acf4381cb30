import { ConfigurableModuleBuilder, Inject, Module } from '@nestjs/common';
import type { NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AccessTokenVerifier } from './access-token-verifier.js';
import { IntrospectingAccessTokenVerifier } from './introspecting-access-token.verifier.js';
import { Issuer } from './issuer.js';
import { JwtAccessTokenVerifier } from './jwt-access-token.verifier.js';
import { publishedAt } from './protected-resource.js';
import { resourceMetadataMiddleware } from './resource-metadata.middleware.js';
import { checkOptions } from './resource-server-options.js';
import type { ResourceServerOptions } from './resource-server-options.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<ResourceServerOptions>()
    .setClassMethodName('forRoot')
    .setExtras({}, (definition) => ({ ...definition, global: true }))
    .build();

/**
 * Guards an API in a process of its own, without a database: import `ResourceServerModule.forRoot({ issuer, audience })`
 * once, then put `@RequireScopes` on controllers and routes anywhere. `forRootAsync` takes a factory.
 */
@Module({
  providers: [
    { provide: AccessTokenVerifier, useFactory: accessTokenVerifier, inject: [MODULE_OPTIONS_TOKEN] },
  ],
  exports: [AccessTokenVerifier],
})
export class ResourceServerModule extends ConfigurableModuleClass implements NestModule {
  constructor(
    @Inject(MODULE_OPTIONS_TOKEN) private readonly options: ResourceServerOptions,
    private readonly host: HttpAdapterHost,
  ) {
    super();
  }

  /** Past Nest's own middleware, which would stand below a global prefix. */
  configure(): void {
    this.host.httpAdapter.use(resourceMetadataMiddleware(this.options));
  }
}

/** For an API without Nest's modules, too. @throws Error when an option is wrong. */
export function accessTokenVerifier(options: ResourceServerOptions): AccessTokenVerifier {
  checkOptions(options);
  const { audience, introspection } = options;
  const issuer = new Issuer(options.issuer);
  const published = publishedAt(options);
  return introspection
    ? new IntrospectingAccessTokenVerifier(issuer, audience, introspection, published)
    : new JwtAccessTokenVerifier(issuer, audience, published);
}
