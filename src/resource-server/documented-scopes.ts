import type { Type } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

export const REQUIRED_SCOPES = Symbol('REQUIRED_SCOPES');

type Route = [name: string, descriptor: PropertyDescriptor];

/**
 * The scopes of a route in the OpenAPI document. A document would take those of a class and those of a method as two
 * ways in, of which either will do; so where methods have their own, each method says it for itself.
 */
export const DocumentedScopes =
  (...scopes: string[]): ClassDecorator & MethodDecorator =>
  (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const security = ApiSecurity('oauth2', scopes);
    if (name !== undefined) return void security(target, name, descriptor!);
    const controller = target as Type<object>;
    const routes = routesOf(controller);
    if (!routes.some(hasItsOwn)) return void security(controller);
    const others = routes.filter((route) => !hasItsOwn(route));
    for (const route of others) security(controller.prototype, ...route);
  };

const routesOf = ({ prototype }: Type<object>): Route[] =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(
    ([name, { value }]: Route) => name !== 'constructor' && typeof value === 'function',
  );

const hasItsOwn = ([, { value }]: Route): boolean => Reflect.hasMetadata(REQUIRED_SCOPES, value as object);
