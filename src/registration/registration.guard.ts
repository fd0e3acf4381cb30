import { Injectable, UseGuards, applyDecorators } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiUnauthorizedResponse } from '@nestjs/swagger';
import { AuthenticatedBy, InvalidTokenError, bearerToken } from '../common/index.js';
import { Settings } from '../config/index.js';
import { InitialAccessTokensService } from './initial-access-tokens.service.js';
import type { RegistrationRequest } from './registration-request.js';

/** Lets through who may register a client: anybody, or whoever has an initial access token. @see RFC 7591 §3 */
@Injectable()
export class RegistrationGuard implements CanActivate {
  constructor(
    private readonly settings: Settings,
    private readonly tokens: InitialAccessTokensService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.settings.registration.access === 'open') return true;
    const request = context.switchToHttp().getRequest<RegistrationRequest>();
    const found = await this.tokens.find(bearerToken(request));
    if (!found) throw new InvalidTokenError('the initial access token is unknown, expired or used up');
    request.initialAccess = found;
    return true;
  }
}

/** The route is for whoever may register a client. */
export const RequireInitialAccess = (): MethodDecorator =>
  applyDecorators(
    AuthenticatedBy('registration'),
    UseGuards(RegistrationGuard),
    ApiBearerAuth('registration'),
    ApiUnauthorizedResponse({ description: 'There is no valid initial access token' }),
  );
