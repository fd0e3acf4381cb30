import { SetMetadata, applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Client } from '../clients/index.js';
import type { TokenIssuance } from '../tokens/index.js';

/** A token request whose client is authenticated and whose parameters are checked. */
export interface GrantRequest<P> {
  readonly client: Client;
  readonly params: P;
}

/** The rule of one grant type: it decides, and the engine issues. */
export interface Grant<P extends object = object> {
  /** @throws OAuthError */
  handle(request: GrantRequest<P>): Promise<TokenIssuance>;
}

/** Finds the grants: its value is the grant type. */
export const GrantTypeName = DiscoveryService.createDecorator<string>();

const GRANT_PARAMETERS = Symbol('GRANT_PARAMETERS');

/**
 * Makes a provider the grant of that type, with the class that checks its parameters.
 * @see RFC 6749 §4.5 for the names of extension grants
 */
export const GrantType = <P extends object>(type: string, params: Type<P>) =>
  applyDecorators(GrantTypeName(type), SetMetadata(GRANT_PARAMETERS, params)) as <C extends Type<Grant<P>>>(
    target: C,
  ) => void;

const DISCOURAGED = Symbol('DISCOURAGED');

/** A grant that RFC 9700 §2 discourages: it does not exist for a client that is not registered for it. */
export const Discouraged = (): ClassDecorator => SetMetadata(DISCOURAGED, true);

export const isDiscouraged = (grant: Grant): boolean =>
  Reflect.getMetadata(DISCOURAGED, grant.constructor) === true;

export const parametersOf = (grant: Grant): Type<object> =>
  Reflect.getMetadata(GRANT_PARAMETERS, grant.constructor) as Type<object>;
