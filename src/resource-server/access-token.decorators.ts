import { UseFilters, UseGuards, applyDecorators, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import { AuthenticatedBy } from '../common/route-authentication.js';
import { AccessTokenGuard } from './access-token.guard.js';
import type { TokenRequest } from './access-token.guard.js';
import type { TokenUser, VerifiedAccessToken } from './access-token-verifier.js';
import { BearerErrorFilter } from './bearer-error.filter.js';
import { DocumentedScopes } from './documented-scopes.js';
import { AnyScopeRequired, RolesRequired, ScopesRequired } from './requirements.js';

type RouteDecorator = ClassDecorator & MethodDecorator;

/**
 * The route needs an access token that carries all of these scopes. On a class it holds for each of its routes;
 * on a method it holds instead.
 * @see RFC 6750 §3.1 for what is answered otherwise
 */
export const RequireScopes = (...scopes: string[]): RouteDecorator =>
  applyDecorators(ScopesRequired(scopes), guarded('scope'), DocumentedScopes(scopes));

/**
 * The route needs an access token that carries at least one of these scopes. A refusal names the first, so the one
 * that allows least comes first. On a method it holds instead of what its class says of scopes.
 */
export const RequireAnyScope = (...scopes: [string, ...string[]]): RouteDecorator =>
  applyDecorators(
    AnyScopeRequired(scopes),
    guarded('scope'),
    DocumentedScopes(...scopes.map((scope) => [scope])),
  );

/**
 * The route needs an access token of a user who has all of these roles: a client that acts for itself has none. It
 * stands beside a decorator for scopes, and on a method it holds instead of the one on its class.
 */
export const RequireRoles = (...roles: [string, ...string[]]): RouteDecorator =>
  applyDecorators(RolesRequired(roles), guarded('role'));

const guarded = (what: 'scope' | 'role'): RouteDecorator =>
  applyDecorators(
    AuthenticatedBy('access-token'),
    UseGuards(AccessTokenGuard),
    UseFilters(BearerErrorFilter),
    ApiUnauthorizedResponse({ description: 'There is no valid access token' }),
    ApiForbiddenResponse({
      description:
        what === 'scope' ? 'The access token does not carry the scope' : 'The user does not have the role',
    }),
  );

/** The access token that the guard has let through: a {@link VerifiedAccessToken}. */
export const AccessToken = createParamDecorator(
  (_: unknown, context: ExecutionContext): VerifiedAccessToken => requestOf(context).accessToken!,
);

/** Whom the access token speaks for, a {@link TokenUser}; null when a client acts for itself. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): TokenUser | null => requestOf(context).tokenUser ?? null,
);

const requestOf = (context: ExecutionContext): TokenRequest =>
  context.switchToHttp().getRequest<TokenRequest>();
