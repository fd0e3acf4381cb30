import {
  Injectable,
  SetMetadata,
  UseFilters,
  UseGuards,
  applyDecorators,
  createParamDecorator,
} from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import { InsufficientScopeError } from '../common/bearer-errors.js';
import { bearerToken } from '../common/bearer-token.js';
import { AuthenticatedBy } from '../common/route-authentication.js';
import { AccessTokenVerifier } from './access-token-verifier.js';
import type { TokenUser, VerifiedAccessToken } from './access-token-verifier.js';
import { BearerErrorFilter } from './bearer-error.filter.js';
import { DocumentedScopes, REQUIRED_SCOPES } from './documented-scopes.js';

/** A request that {@link AccessTokenGuard} has let through. */
export type TokenRequest = Request & { accessToken?: VerifiedAccessToken; tokenUser?: TokenUser | null };

/** Lets a request through whose access token is meant for this API and carries the scopes that the route asks for. */
@Injectable()
export class AccessTokenGuard implements CanActivate {
  constructor(
    private readonly verifier: AccessTokenVerifier,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    // A decorator on the class and one on the method are two guards, and one question.
    if (!request.accessToken) await this.verify(request);
    const required = this.reflector.getAllAndOverride<string[]>(REQUIRED_SCOPES, targetsOf(context)) ?? [];
    if (request.accessToken!.scope.includes(required)) return true;
    throw new InsufficientScopeError('the access token does not carry the scope', required.join(' '));
  }

  private async verify(request: TokenRequest): Promise<void> {
    const { token, user } = await this.verifier.verify(bearerToken(request));
    request.accessToken = token;
    request.tokenUser = user;
  }
}

const targetsOf = (context: ExecutionContext) => [context.getHandler(), context.getClass()];

const requestOf = (context: ExecutionContext): TokenRequest =>
  context.switchToHttp().getRequest<TokenRequest>();

/**
 * The route needs an access token that carries all of these scopes. On a class it holds for each of its routes;
 * on a method it holds instead.
 * @see RFC 6750 §3.1 for what is answered otherwise
 */
export const RequireScopes = (...scopes: string[]): ClassDecorator & MethodDecorator =>
  applyDecorators(
    AuthenticatedBy('access-token'),
    SetMetadata(REQUIRED_SCOPES, scopes),
    UseGuards(AccessTokenGuard),
    UseFilters(BearerErrorFilter),
    DocumentedScopes(...scopes),
    ApiUnauthorizedResponse({ description: 'There is no valid access token' }),
    ApiForbiddenResponse({ description: 'The access token does not carry the scope' }),
  );

/** The access token that {@link RequireScopes} has let through: a {@link VerifiedAccessToken}. */
export const AccessToken = createParamDecorator(
  (_: unknown, context: ExecutionContext): VerifiedAccessToken => requestOf(context).accessToken!,
);

/** Whom the access token speaks for, a {@link TokenUser}; null when a client acts for itself. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): TokenUser | null => requestOf(context).tokenUser ?? null,
);
