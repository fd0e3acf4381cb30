import { Injectable, SetMetadata, UseGuards, applyDecorators, createParamDecorator } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiForbiddenResponse, ApiSecurity, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import { AuthenticatedBy, InsufficientScopeError, InvalidTokenError } from '../common/index.js';
import { Settings } from '../config/index.js';
import { AccessTokensService } from '../tokens/index.js';
import type { LiveAccessToken } from '../tokens/index.js';
import { UserStore } from '../users/index.js';
import type { User } from '../users/index.js';
import { bearerToken } from './bearer-token.js';

const REQUIRED_SCOPES = Symbol('REQUIRED_SCOPES');

/** A request that {@link AccessTokenGuard} has let through. */
export type TokenRequest = Request & { accessToken?: LiveAccessToken; tokenUser?: User | null };

/** Lets a request through whose access token is meant for this server and carries the scopes that the route asks for. */
@Injectable()
export class AccessTokenGuard implements CanActivate {
  constructor(
    private readonly tokens: AccessTokensService,
    private readonly users: UserStore,
    private readonly settings: Settings,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<TokenRequest>();
    const token = await this.tokens.find(bearerToken(request));
    // RFC 9068 §4: a token for another API is no token here.
    if (!token?.audience.includes(this.settings.issuer))
      throw new InvalidTokenError('the access token is not valid');
    const required = this.reflector.getAllAndOverride<string[]>(REQUIRED_SCOPES, targetsOf(context)) ?? [];
    if (!token.scope.includes(required)) {
      throw new InsufficientScopeError('the access token does not carry the scope', required.join(' '));
    }
    request.accessToken = token;
    request.tokenUser = await this.userOf(token);
    return true;
  }

  private async userOf({ subject }: LiveAccessToken): Promise<User | null> {
    if (subject === null) return null;
    const user = await this.users.findBySubject(subject);
    if (user) return user;
    throw new InvalidTokenError('the access token is not valid');
  }
}

const targetsOf = (context: ExecutionContext) => [context.getHandler(), context.getClass()];

/**
 * The route needs an access token that carries all of these scopes.
 * @see RFC 6750 §3.1 for what is answered otherwise
 */
export const RequireScopes = (...scopes: string[]): ClassDecorator & MethodDecorator =>
  applyDecorators(
    AuthenticatedBy('access-token'),
    SetMetadata(REQUIRED_SCOPES, scopes),
    UseGuards(AccessTokenGuard),
    ApiSecurity('oauth2', scopes),
    ApiUnauthorizedResponse({ description: 'There is no valid access token' }),
    ApiForbiddenResponse({ description: 'The access token does not carry the scope' }),
  );

const requestOf = (context: ExecutionContext): TokenRequest =>
  context.switchToHttp().getRequest<TokenRequest>();

/** The access token that {@link RequireScopes} has let through. */
export const AccessToken = createParamDecorator(
  (_: unknown, context: ExecutionContext): LiveAccessToken => requestOf(context).accessToken!,
);

/** Whom the access token speaks for; null when a client acts for itself. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): User | null => requestOf(context).tokenUser ?? null,
);
