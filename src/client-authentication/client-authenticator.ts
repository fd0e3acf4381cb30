import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { AuthenticationMethodNames, ClientsService } from '../clients/index.js';
import type { Client, ClientEndpoint } from '../clients/index.js';
import { InvalidClientError, InvalidRequestError, discoverUnique } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { EventsService } from '../events/index.js';
import { ClientAuthenticationName } from './client-authentication-method.js';
import type {
  AuthenticationRequest,
  ClientAuthenticationMethod,
  ClientCredentials,
} from './client-authentication-method.js';

/** A method that found its credentials in a request. */
interface Claim {
  readonly name: string;
  readonly method: ClientAuthenticationMethod;
  readonly credentials: ClientCredentials;
}

/** Finds out which client calls: exactly one method, and the one it is registered with. */
@Injectable()
export class ClientAuthenticator implements OnModuleInit {
  private methods: ReadonlyMap<string, ClientAuthenticationMethod> = new Map();

  constructor(
    private readonly clients: ClientsService,
    private readonly clientMethods: AuthenticationMethodNames,
    private readonly discovery: DiscoveryService,
    private readonly events: EventsService,
  ) {}

  /** Before the clients of the configuration file are registered. */
  onModuleInit(): void {
    this.methods = discoverUnique(this.discovery, ClientAuthenticationName, 'client authentication method');
    this.clientMethods.learn(this.names);
  }

  /** The names of the methods that are loaded. */
  get names(): string[] {
    return [...this.methods.keys()];
  }

  /** The JWS algorithms that some method takes (RFC 8414 §2). */
  get signingAlgorithms(): string[] {
    const algorithms = [...this.methods.values()].flatMap((method) => method.signingAlgorithms ?? []);
    return [...new Set(algorithms)];
  }

  /**
   * @throws InvalidClientError, InvalidRequestError
   * @see RFC 6749 §2.3: no more than one method in a request
   */
  async authenticate(request: AuthenticationRequest, endpoint: ClientEndpoint): Promise<Client> {
    const claim = this.claimOf(request);
    refuseSecondIdentity(claim, request.parameters);
    const client = await this.clients.findActive(claim.credentials.clientId);
    const registered = client?.authenticationMethodAt(endpoint);
    try {
      if (!client) throw failed(claim);
      if (registered !== claim.name) throw failed(claim);
      await claim.method.verify(client, claim.credentials, request);
      return client;
    } catch (error) {
      if (error instanceof InvalidClientError) this.report(claim, error, client?.id ?? null, registered);
      throw error;
    }
  }

  private claimOf(request: AuthenticationRequest): Claim {
    const claims: Claim[] = [];
    for (const [name, method] of this.methods) {
      const credentials = method.extract(request);
      if (credentials) claims.push({ name, method, credentials });
    }
    if (claims.length > 1)
      throw new InvalidRequestError('more than one client authentication method was used');
    if (claims[0]) return claims[0];
    throw new InvalidClientError('client authentication is missing or not supported', {
      challenge: request.authorization !== undefined,
    });
  }

  /** The owner reads the reason in the portal; the wire never says it. */
  private report(
    { name }: Claim,
    error: InvalidClientError,
    clientId: string | null,
    registered?: string,
  ): void {
    const isWrongMethod = registered !== undefined && registered !== name;
    const reason = isWrongMethod ? `used ${name}, is registered with ${registered}` : reasonOf(error);
    this.events.emit('client.authentication_failed', { clientId, reason });
  }
}

/** What the wire does not say. */
const reasonOf = ({ cause, description }: InvalidClientError): string =>
  cause instanceof Error ? cause.message : description;

/** Two names in one request: never authenticated as either. */
function refuseSecondIdentity({ credentials }: Claim, parameters: OAuthParameters): void {
  const named = parameters['client_id'];
  if (named !== undefined && named !== credentials.clientId) {
    throw new InvalidRequestError('client_id and client authentication name different clients');
  }
}

const failed = ({ name }: Claim): InvalidClientError =>
  new InvalidClientError('client authentication failed', { challenge: name === 'client_secret_basic' });
