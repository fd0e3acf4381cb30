import { Injectable } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { InvalidGrantError, InvalidScopeError, InvalidTargetError, Scope } from '../../common/index.js';
import { RefreshTokensService } from '../../tokens/index.js';
import type { AdditionalToken, Authorization, TokenIssuance } from '../../tokens/index.js';
import { GrantType } from '../grant.js';
import type { Grant, GrantRequest } from '../grant.js';
import { resourcesOf } from '../resources-of.js';

export class RefreshTokenParams {
  @IsString()
  refresh_token!: string;

  @IsOptional()
  @IsString()
  scope?: string;

  @IsOptional()
  @IsString()
  resource?: string;
}

/** New tokens for an earlier authorization, never for more than it allowed. @see RFC 6749 §6 */
@Injectable()
@GrantType('refresh_token', RefreshTokenParams)
export class RefreshTokenGrant implements Grant<RefreshTokenParams> {
  constructor(private readonly refreshTokens: RefreshTokensService) {}

  async handle({ client, params }: GrantRequest<RefreshTokenParams>): Promise<TokenIssuance> {
    const { authorization, uses } = await this.refreshTokens.redeem(client, params.refresh_token);
    if (authorization.scope.has('offline_access') && !client.scope.has('offline_access')) {
      throw new InvalidGrantError('the client may no longer use offline access');
    }
    const scope = narrowed(authorization.scope.intersect(client.scope), params.scope);
    const tokens: AdditionalToken[] = ['refresh_token'];
    if (scope.has('openid')) tokens.push('id_token');
    const resources = narrowedResources(authorization, params.resource);
    return { client, subject: authorization.subject, scope, resources, authorization, tokens, uses };
  }
}

function narrowed(allowed: Scope, requested: string | undefined): Scope {
  if (requested === undefined) return allowed;
  const scope = Scope.parse(requested);
  if (allowed.includes(scope)) return scope;
  throw new InvalidScopeError('the scope is more than was allowed', { parameter: 'scope' });
}

/** @see RFC 8707 §2.2 */
function narrowedResources(
  { resources: allowed }: Authorization,
  requested: string | undefined,
): readonly string[] {
  const resources = resourcesOf(requested);
  if (resources.length === 0) return allowed;
  if (resources.every((resource) => allowed.includes(resource))) return resources;
  throw new InvalidTargetError('the resource is more than was allowed', { parameter: 'resource' });
}
