import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/index.js';
import { clientAssertion } from './client-assertion.js';
import type { AssertionCredentials } from './client-assertion.js';
import { ClientAssertions } from './client-assertions.service.js';
import { ClientAuthentication } from './client-authentication-method.js';
import type { AuthenticationRequest, ClientAuthenticationMethod } from './client-authentication-method.js';

/** A JWT keyed by the client's secret, which is not sent itself. @see OpenID Connect Core §9 */
@Injectable()
@ClientAuthentication('client_secret_jwt')
export class ClientSecretJwtMethod implements ClientAuthenticationMethod<AssertionCredentials> {
  readonly signingAlgorithms = ['HS256'];

  constructor(private readonly assertions: ClientAssertions) {}

  extract(request: AuthenticationRequest): AssertionCredentials | null {
    const credentials = clientAssertion(request);
    return credentials?.algorithm.startsWith('HS') ? credentials : null;
  }

  verify(client: Client, credentials: AssertionCredentials, request: AuthenticationRequest): Promise<void> {
    return this.assertions.verify(client, credentials, this.signingAlgorithms, request);
  }
}
