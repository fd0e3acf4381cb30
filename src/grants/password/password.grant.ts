import { Injectable } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { InvalidGrantError } from '../../common/index.js';
import { EventsService } from '../../events/index.js';
import { ScopesService } from '../../scopes/index.js';
import { tokensFor } from '../tokens-for.js';
import { AuthorizationsService } from '../../tokens/index.js';
import type { TokenIssuance } from '../../tokens/index.js';
import { UserStore } from '../../users/index.js';
import { Discouraged, GrantType } from '../grant.js';
import type { Grant, GrantRequest } from '../grant.js';
import { resourcesOf } from '../resources-of.js';

export class PasswordParams {
  @IsString()
  @MaxLength(1024)
  username!: string;

  @IsString()
  @MaxLength(1024)
  password!: string;

  @IsOptional()
  @IsString()
  scope?: string;

  @IsOptional()
  @IsString()
  resource?: string;
}

/**
 * The client itself asks for the user's password: for old clients that cannot be changed.
 * @see RFC 6749 §4.3; RFC 9700 §2.4 says why nobody should
 */
@Injectable()
@GrantType('password', PasswordParams)
@Discouraged()
export class PasswordGrant implements Grant<PasswordParams> {
  constructor(
    private readonly users: UserStore,
    private readonly scopes: ScopesService,
    private readonly authorizations: AuthorizationsService,
    private readonly events: EventsService,
  ) {}

  async handle({ client, params }: GrantRequest<PasswordParams>): Promise<TokenIssuance> {
    const scope = await this.scopes.requested(params.scope, client.scope);
    const resources = resourcesOf(params.resource);
    await this.scopes.resourcesFor(resources);
    const user = await this.users.authenticate(params.username, params.password);
    if (!user) {
      this.events.emit('user.sign_in_failed', { username: params.username });
      throw new InvalidGrantError('the user name or the password is wrong');
    }
    const { subject, username } = user;
    const authorization = this.authorizations.make({ client, subject, username, scope, resources });
    return { client, subject, scope, resources, authorization, tokens: tokensFor(client, scope) };
  }
}
