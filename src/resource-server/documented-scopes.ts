import type { Type } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { AnyScopeRequired, ScopesRequired } from './requirements.js';

type Route = [name: string, descriptor: PropertyDescriptor];

/**
 * The scopes of a route in the OpenAPI document. A document would take those of a class and those of a method as two
 * ways in, of which either will do; so where methods have their own, each method says it for itself.
 * @param ways any of which will do, each with all of its scopes
 */
export const DocumentedScopes =
  (...ways: readonly string[][]): ClassDecorator & MethodDecorator =>
  (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const document = decorated(ways);
    if (name !== undefined) return document(target, name, descriptor);
    const controller = target as Type<object>;
    const routes = routesOf(controller);
    if (!routes.some(hasItsOwn)) return document(controller);
    const others = routes.filter((route) => !hasItsOwn(route));
    for (const route of others) document(controller.prototype, ...route);
  };

/** The decorator is one of methods when it is given a method, and of classes when it is not. */
const decorated =
  (ways: readonly string[][]) =>
  (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    for (const scopes of ways) ApiSecurity('oauth2', scopes)(target, name!, descriptor!);
  };

const routesOf = ({ prototype }: Type<object>): Route[] =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(
    ([name, { value }]: Route) => name !== 'constructor' && typeof value === 'function',
  );

const hasItsOwn = ([, { value }]: Route): boolean =>
  [ScopesRequired, AnyScopeRequired].some(({ KEY }) => Reflect.hasMetadata(KEY, value as object));
