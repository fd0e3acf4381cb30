import { Injectable, UseGuards, applyDecorators, createParamDecorator } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Editor } from '../clients/index.js';
import { InsufficientScopeError } from '../common/index.js';
import { RequireScopes } from '../resource-server/index.js';
import type { TokenRequest } from '../resource-server/index.js';

const SCOPE = 'management';
const READING = new Set(['GET', 'HEAD']);

/**
 * A user's token manages what its user may: everything with the role `admin`, reading with `auditor`.
 * A client that acts for itself may do everything: only an administrator can give it the restricted scope.
 */
@Injectable()
export class AdministrationGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, tokenUser } = requestOf(context);
    if (tokenUser === null) return true;
    const { roles } = tokenUser!;
    if (roles.includes('admin') || (roles.includes('auditor') && READING.has(method))) return true;
    throw new InsufficientScopeError('the user may not do this here', SCOPE);
  }
}

/** The routes belong to the management API: a bearer token with its scope, never a cookie. */
export const Administration = (): ClassDecorator & MethodDecorator =>
  applyDecorators(RequireScopes(SCOPE), UseGuards(AdministrationGuard));

/** Who makes the change: the token's user, or else its client. */
export const CurrentEditor = createParamDecorator((_: unknown, context: ExecutionContext): Editor => {
  const { accessToken, ip } = requestOf(context);
  const { subject, clientId } = accessToken!;
  return { by: subject ?? `client ${clientId}`, ip, source: 'operator' };
});

const requestOf = (context: ExecutionContext): TokenRequest =>
  context.switchToHttp().getRequest<TokenRequest>();
