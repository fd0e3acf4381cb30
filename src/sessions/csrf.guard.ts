import { ForbiddenException, Injectable, UseGuards, applyDecorators } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AuthenticatedBy } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { BrowsersService } from './browsers.service.js';

/** Takes only forms that this server made for this browser. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(private readonly browsers: BrowsersService) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request & { body: OAuthParameters }>();
    if (this.browsers.isOwnForm(request, request.body['csrf'])) return true;
    throw new ForbiddenException('this form is out of date: please go back, reload the page and try again');
  }
}

/** The route is for forms of our own pages, whoever is signed in. */
export const RequireOwnForm = (): ClassDecorator & MethodDecorator =>
  applyDecorators(AuthenticatedBy('browser'), UseGuards(CsrfGuard));
