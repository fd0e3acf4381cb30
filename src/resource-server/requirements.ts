import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/** What a route asks of whoever calls it, beside a valid access token. */
export interface Requirements {
  /** Every one of these. */
  readonly scopes: readonly string[];
  /** One of these, where there are any. */
  readonly anyScope: readonly string[];
  /** Every one of these. */
  readonly roles: readonly string[];
}

export const ScopesRequired = Reflector.createDecorator<readonly string[]>();
export const AnyScopeRequired = Reflector.createDecorator<readonly string[]>();
export const RolesRequired = Reflector.createDecorator<readonly string[]>();

const reflector = new Reflector();

/** What a method says of scopes holds instead of what its class says of them, and so it is with roles. */
export function requirementsOf(context: ExecutionContext): Requirements {
  const method = context.getHandler();
  const saysOfScopes = [ScopesRequired, AnyScopeRequired].some((one) => reflector.get(one, method));
  const target = saysOfScopes ? method : context.getClass();
  return {
    scopes: reflector.get(ScopesRequired, target) ?? [],
    anyScope: reflector.get(AnyScopeRequired, target) ?? [],
    roles: reflector.getAllAndOverride(RolesRequired, [method, context.getClass()]) ?? [],
  };
}
