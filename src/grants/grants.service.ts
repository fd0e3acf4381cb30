import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Client } from '../clients/index.js';
import {
  InvalidRequestError,
  OAuthError,
  UnauthorizedClientError,
  UnsupportedGrantTypeError,
  declaredFields,
  discoverUnique,
  instanceOf,
} from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { EventsService } from '../events/index.js';
import { TokensService } from '../tokens/index.js';
import type { TokenResponse } from '../tokens/index.js';
import { GrantTypeName, isDiscouraged, parametersOf } from './grant.js';
import type { Grant } from './grant.js';

/** The token endpoint's work: finds the grant, checks the request, lets the engine issue what the grant decides. */
@Injectable()
export class GrantsService implements OnApplicationBootstrap {
  private grants: ReadonlyMap<string, Grant> = new Map();

  constructor(
    private readonly tokens: TokensService,
    private readonly discovery: DiscoveryService,
    private readonly events: EventsService,
  ) {}

  onApplicationBootstrap(): void {
    this.grants = discoverUnique(this.discovery, GrantTypeName, 'grant type');
  }

  /** The grant types that are loaded. */
  get types(): string[] {
    return [...this.grants.keys()];
  }

  /** The names of the parameters that a grant type reads. */
  parameters(type: string): readonly string[] {
    return declaredFields(parametersOf(this.grants.get(type)!));
  }

  /** Those of them that RFC 9700 discourages. */
  get discouraged(): string[] {
    return this.types.filter((type) => isDiscouraged(this.grants.get(type)!));
  }

  /**
   * @throws OAuthError
   * @see RFC 6749 §4.1.3, §4.4.2, §6
   */
  async exchange(client: Client, parameters: OAuthParameters): Promise<TokenResponse> {
    try {
      const type = parameters['grant_type'];
      const grant = this.grantFor(client, type);
      return await this.tokens.issue(
        await grant.handle({ client, params: checked(grant, parameters) }),
        type,
      );
    } catch (error) {
      if (error instanceof OAuthError) this.report(client, error);
      throw error;
    }
  }

  private grantFor(client: Client, type: string | undefined): Grant {
    if (type === undefined)
      throw new InvalidRequestError('grant_type is missing', { parameter: 'grant_type' });
    const grant = this.grants.get(type);
    if (!grant) throw unsupported();
    if (client.allowsGrantType(type)) return grant;
    if (isDiscouraged(grant)) throw unsupported();
    throw new UnauthorizedClientError('the client may not use this grant type', { parameter: 'grant_type' });
  }

  private report(client: Client, { code: error, description }: OAuthError): void {
    this.events.emit('token.refused', { clientId: client.id, error, description });
  }
}

function checked(grant: Grant, parameters: OAuthParameters): object {
  const { instance, faults } = instanceOf(parametersOf(grant), parameters);
  const [fault] = faults;
  if (!fault) return instance;
  const description = fault.missing ? `${fault.field} is missing` : fault.message;
  throw new InvalidRequestError(description, { parameter: fault.field });
}

const unsupported = (): UnsupportedGrantTypeError =>
  new UnsupportedGrantTypeError('this grant type is not supported', { parameter: 'grant_type' });
