import { Injectable } from '@nestjs/common';
import { SIGNING_ALGORITHMS } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { clientAssertion } from './client-assertion.js';
import type { AssertionCredentials } from './client-assertion.js';
import { ClientAssertions } from './client-assertions.service.js';
import { ClientAuthentication } from './client-authentication-method.js';
import type { AuthenticationRequest, ClientAuthenticationMethod } from './client-authentication-method.js';

/** A JWT signed with the client's private key, whose public half is registered. @see OpenID Connect Core §9 */
@Injectable()
@ClientAuthentication('private_key_jwt')
export class PrivateKeyJwtMethod implements ClientAuthenticationMethod<AssertionCredentials> {
  readonly signingAlgorithms = SIGNING_ALGORITHMS;

  constructor(private readonly assertions: ClientAssertions) {}

  extract(request: AuthenticationRequest): AssertionCredentials | null {
    const credentials = clientAssertion(request);
    return credentials?.algorithm.startsWith('HS') ? null : credentials;
  }

  verify(client: Client, credentials: AssertionCredentials, request: AuthenticationRequest): Promise<void> {
    return this.assertions.verify(client, credentials, this.signingAlgorithms, request);
  }
}
