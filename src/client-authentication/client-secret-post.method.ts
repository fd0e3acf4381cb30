import { Injectable } from '@nestjs/common';
import { ClientSecretsService } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { InvalidClientError } from '../common/index.js';
import { ClientAuthentication } from './client-authentication-method.js';
import type { AuthenticationRequest, ClientAuthenticationMethod } from './client-authentication-method.js';
import type { SecretCredentials } from './secret-credentials.js';

/** The secret in the form. @see RFC 6749 §2.3.1 */
@Injectable()
@ClientAuthentication('client_secret_post')
export class ClientSecretPostMethod implements ClientAuthenticationMethod<SecretCredentials> {
  constructor(private readonly secrets: ClientSecretsService) {}

  extract({ parameters }: AuthenticationRequest): SecretCredentials | null {
    const { client_id: clientId, client_secret: secret } = parameters;
    if (secret === undefined) return null;
    if (clientId === undefined) throw new InvalidClientError('client_secret came without client_id');
    return { clientId, secret };
  }

  async verify(client: Client, { secret }: SecretCredentials): Promise<void> {
    if (!(await this.secrets.matches(client, secret)))
      throw new InvalidClientError('client authentication failed');
  }
}
