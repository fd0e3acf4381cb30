import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InsufficientScopeError } from '../common/bearer-errors.js';
import { bearerToken } from '../common/bearer-token.js';
import { AccessDeniedError } from '../common/oauth-errors.js';
import { nameResourceMetadata } from '../common/resource-metadata.js';
import { AccessTokenVerifier } from './access-token-verifier.js';
import type { TokenUser, VerifiedAccessToken } from './access-token-verifier.js';
import { requirementsOf } from './requirements.js';
import type { Requirements } from './requirements.js';

/** A request that {@link AccessTokenGuard} has let through. */
export type TokenRequest = Request & { accessToken?: VerifiedAccessToken; tokenUser?: TokenUser | null };

/** Lets a request through whose access token is meant for this API and carries what the route asks for. */
@Injectable()
export class AccessTokenGuard implements CanActivate {
  constructor(private readonly verifier: AccessTokenVerifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<TokenRequest>();
    nameResourceMetadata(context.switchToHttp().getResponse<Response>(), this.verifier.resourceMetadata);
    // Several decorators are several guards, and one question.
    if (!request.accessToken) await this.verify(request);
    const requirements = requirementsOf(context);
    this.checkScope(request.accessToken!, requirements);
    this.checkRoles(request.tokenUser ?? null, requirements);
    return true;
  }

  private async verify(request: TokenRequest): Promise<void> {
    const { token, user } = await this.verifier.verify(bearerToken(request));
    request.accessToken = token;
    request.tokenUser = user;
  }

  private checkScope({ scope }: VerifiedAccessToken, { scopes, anyScope }: Requirements): void {
    const missing = scope.includes(scopes) ? [] : scopes;
    const isAnyMissing = anyScope.length > 0 && !anyScope.some((name) => scope.has(name));
    const needed = [...missing, ...(isAnyMissing ? anyScope.slice(0, 1) : [])];
    if (needed.length === 0) return;
    throw new InsufficientScopeError('the access token does not carry the scope', needed.join(' '));
  }

  /** No challenge: another token of the same user would be refused as well. */
  private checkRoles(user: TokenUser | null, { roles }: Requirements): void {
    if (roles.every((role) => user?.roles.includes(role))) return;
    throw new AccessDeniedError('the user does not have the role');
  }
}
