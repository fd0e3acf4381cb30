import { Injectable } from '@nestjs/common';
import { GrantsService } from '../grants/index.js';
import type { ApplicationFormContext, ScopeText } from '../pages/index.js';
import { ScopesService } from '../scopes/index.js';
import type { Offer } from './application-values.js';

type GrantTypeText = ApplicationFormContext['grantTypes'][number];

/** The grant types that a person chooses for himself; others are an operator's to give. */
const GRANT_TYPES: readonly GrantTypeText[] = [
  {
    value: 'authorization_code',
    label: 'People sign in',
    help: 'It sends people here, and they return with a code that it exchanges for tokens.',
  },
  {
    value: 'refresh_token',
    label: 'It stays connected',
    help: 'It renews its access without asking people to sign in again.',
  },
  {
    value: 'client_credentials',
    label: 'It acts for itself',
    help: 'A server or a job gets tokens with its own secret, and no person is involved.',
  },
];

/** What the owner of an application may choose from. */
@Injectable()
export class ApplicationOffersService {
  constructor(
    private readonly grants: GrantsService,
    private readonly registered: ScopesService,
  ) {}

  grantTypes(): GrantTypeText[] {
    return GRANT_TYPES.filter(({ value }) => this.grants.types.includes(value));
  }

  async scopes(): Promise<ScopeText[]> {
    const free = (await this.registered.list()).filter((scope) => !scope.restricted);
    return free.map(({ name, title, description }) => ({ name, title, description }));
  }

  async offer(): Promise<Offer> {
    const scopes = await this.scopes();
    return {
      grantTypes: this.grantTypes().map(({ value }) => value),
      scopes: scopes.map(({ name }) => name),
    };
  }
}
