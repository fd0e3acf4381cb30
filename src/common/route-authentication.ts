import { SetMetadata, applyDecorators } from '@nestjs/common';

export const ROUTE_AUTHENTICATION = 'gatehouse:route-authentication';

/** How a route knows who calls. Every route of ours declares one; a test walks them all. */
export type RouteAuthentication =
  'public' | 'client' | 'registration' | 'access-token' | 'session' | 'browser';

/** States how a route knows who calls; the guard that enforces it sits beside this. */
export const AuthenticatedBy = (authentication: RouteAuthentication): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(ROUTE_AUTHENTICATION, authentication));

/** A route that anybody may call. */
export const Public = (): ClassDecorator & MethodDecorator => AuthenticatedBy('public');
