import type { Type } from '@nestjs/common';
import { GUARDS_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROUTE_AUTHENTICATION } from '../../src/common/index.js';
import type { RouteAuthentication } from '../../src/common/index.js';
import { sharedServer } from '../support/index.js';

interface Route {
  readonly name: string;
  readonly authentication: RouteAuthentication | undefined;
  readonly guards: readonly string[];
}

const GUARD: Readonly<Record<Exclude<RouteAuthentication, 'public'>, RegExp>> = {
  client: /^ClientAuthenticationGuard$/,
  registration: /^(RegistrationGuard|ClientConfigurationGuard)$/,
  'access-token': /^AccessTokenGuard$/,
  session: /^SessionGuard$/,
  browser: /^CsrfGuard$/,
};

const guardsOf = (target: object): string[] =>
  ((Reflect.getMetadata(GUARDS_METADATA, target) ?? []) as Type[]).map((guard) => guard.name);

describe('Every route', async () => {
  const { app } = await sharedServer();
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();

  const routes = app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => routesOf(metatype as Type));

  function routesOf(controller: Type): Route[] {
    const prototype = controller.prototype as Record<string, object>;
    const handlers = scanner
      .getAllMethodNames(prototype)
      .map((name) => ({ name, handler: prototype[name]! }));
    return handlers
      .filter(({ handler }) => Reflect.hasMetadata(PATH_METADATA, handler))
      .map(({ name, handler }) => ({
        name: `${controller.name}.${name}`,
        authentication: reflector.getAllAndOverride(ROUTE_AUTHENTICATION, [handler as never, controller]),
        guards: [controller, handler].flatMap((target) => guardsOf(target)),
      }));
  }

  it('is found', () => {
    expect(routes.length).toBeGreaterThan(25);
  });

  it('declares how it knows who calls', () => {
    const silent = routes.filter(({ authentication }) => authentication === undefined);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('has the guard that enforces what it declares', () => {
    const open = routes.filter(({ authentication, guards }) => {
      if (authentication === undefined || authentication === 'public') return false;
      return !guards.some((guard) => GUARD[authentication].test(guard));
    });
    expect(open.map(({ name, authentication }) => `${name}: ${authentication}`)).toEqual([]);
  });
});
