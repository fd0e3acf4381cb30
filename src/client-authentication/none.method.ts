import { Injectable } from '@nestjs/common';
import { ClientAuthentication } from './client-authentication-method.js';
import type {
  AuthenticationRequest,
  ClientAuthenticationMethod,
  ClientCredentials,
} from './client-authentication-method.js';

/** A public client only says who it is: what protects its codes is PKCE. @see RFC 6749 §3.2.1 */
@Injectable()
@ClientAuthentication('none')
export class NoneMethod implements ClientAuthenticationMethod {
  extract({ authorization, parameters }: AuthenticationRequest): ClientCredentials | null {
    const provesNothing =
      authorization === undefined &&
      parameters['client_secret'] === undefined &&
      parameters['client_assertion'] === undefined;
    return provesNothing && parameters['client_id'] !== undefined
      ? { clientId: parameters['client_id'] }
      : null;
  }

  async verify(): Promise<void> {
    // That the client is registered as public was checked: there is nothing more to prove.
  }
}
