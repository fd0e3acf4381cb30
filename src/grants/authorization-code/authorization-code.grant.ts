import { Injectable } from '@nestjs/common';
import { IsOptional, IsString, Matches } from 'class-validator';
import { InvalidTargetError } from '../../common/index.js';
import type { TokenIssuance } from '../../tokens/index.js';
import { GrantType } from '../grant.js';
import type { Grant, GrantRequest } from '../grant.js';
import { resourcesOf } from '../resources-of.js';
import { tokensFor } from '../tokens-for.js';
import { AuthorizationCodesService } from './authorization-codes.service.js';

export class AuthorizationCodeParams {
  @IsString()
  code!: string;

  @IsOptional()
  @IsString()
  redirect_uri?: string;

  /** RFC 7636 §4.1 */
  @IsOptional()
  @Matches(/^[\w.~-]{43,128}$/, { message: 'code_verifier must be 43 to 128 unreserved characters' })
  code_verifier?: string;

  @IsOptional()
  @IsString()
  resource?: string;
}

/** A code from the authorization endpoint becomes tokens. @see RFC 6749 §4.1.3 */
@Injectable()
@GrantType('authorization_code', AuthorizationCodeParams)
export class AuthorizationCodeGrant implements Grant<AuthorizationCodeParams> {
  constructor(private readonly codes: AuthorizationCodesService) {}

  async handle({ client, params }: GrantRequest<AuthorizationCodeParams>): Promise<TokenIssuance> {
    const { authorization, nonce, uses } = await this.codes.redeem(client, params);
    const { subject, resources: allowed } = authorization;
    const scope = authorization.scope.intersect(client.scope);
    const resources = resourcesOf(params.resource);
    // RFC 8707 §2.2: fewer than were allowed, never others.
    if (!resources.every((resource) => allowed.includes(resource))) {
      throw new InvalidTargetError('the resource is more than was allowed', { parameter: 'resource' });
    }
    return {
      client,
      subject,
      scope,
      resources: resources.length > 0 ? resources : allowed,
      authorization,
      tokens: tokensFor(client, scope),
      nonce,
      uses,
    };
  }
}
