import type { Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Client } from '../clients/index.js';
import type { OAuthParameters } from '../common/index.js';

/** What a method may look at. */
export interface AuthenticationRequest {
  /** The Authorization header, as sent. */
  readonly authorization: string | undefined;
  readonly parameters: OAuthParameters;
  /** The URL of the endpoint that is called. */
  readonly endpoint: string;
}

/** What a method found: whom the request claims to be, and the proof. */
export interface ClientCredentials {
  readonly clientId: string;
}

/** One way for a client to prove itself. @see RFC 6749 §2.3 */
export interface ClientAuthenticationMethod<C extends ClientCredentials = ClientCredentials> {
  /** The JWS algorithms of a method that works with signatures: for the discovery document. */
  readonly signingAlgorithms?: readonly string[];
  /**
   * The credentials, when the request uses this method; null when it does not.
   * @throws OAuthError when it does, but malformed.
   */
  extract(request: AuthenticationRequest): C | null;
  /** @throws InvalidClientError */
  verify(client: Client, credentials: C, request: AuthenticationRequest): Promise<void>;
}

/** Finds the methods: its value is the name. */
export const ClientAuthenticationName = DiscoveryService.createDecorator<string>();

/** Makes a provider the {@link ClientAuthenticationMethod} of that name in the IANA registry (RFC 7591 §4.2), or a new one. */
export const ClientAuthentication = (name: string) =>
  ClientAuthenticationName(name) as <C extends Type<ClientAuthenticationMethod>>(target: C) => void;
