import { Injectable } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { InvalidScopeError, Scope } from '../../common/index.js';
import { ScopesService } from '../../scopes/index.js';
import type { TokenIssuance } from '../../tokens/index.js';
import { GrantType } from '../grant.js';
import type { Grant, GrantRequest } from '../grant.js';
import { resourcesOf } from '../resources-of.js';

export class ClientCredentialsParams {
  @IsOptional()
  @IsString()
  scope?: string;

  @IsOptional()
  @IsString()
  resource?: string;
}

/** Scopes that speak of a person, and no person is here. */
const ABOUT_A_USER = new Scope([
  'openid',
  'offline_access',
  'profile',
  'email',
  'address',
  'phone',
  'user_info',
]);

/** A client acts for itself: no user, no refresh token. @see RFC 6749 §4.4 */
@Injectable()
@GrantType('client_credentials', ClientCredentialsParams)
export class ClientCredentialsGrant implements Grant<ClientCredentialsParams> {
  constructor(private readonly scopes: ScopesService) {}

  async handle({ client, params }: GrantRequest<ClientCredentialsParams>): Promise<TokenIssuance> {
    const requested = await this.scopes.requested(params.scope, client.scope);
    if (params.scope !== undefined && requested.intersect(ABOUT_A_USER).size > 0) {
      throw new InvalidScopeError('a scope is about a user, and this grant has none', { parameter: 'scope' });
    }
    return {
      client,
      subject: null,
      scope: requested.without(ABOUT_A_USER),
      resources: resourcesOf(params.resource),
    };
  }
}
