import { Injectable } from '@nestjs/common';
import { ClientAuthentication, ClientSecretsService, InvalidClientError } from 'gatehouse';
import type { AuthenticationRequest, Client, ClientAuthenticationMethod, ClientCredentials } from 'gatehouse';

interface ApiKey extends ClientCredentials {
  readonly secret: string;
}

@Injectable()
@ClientAuthentication('api_key')
export class ApiKeyMethod implements ClientAuthenticationMethod<ApiKey> {
  constructor(private readonly secrets: ClientSecretsService) {}

  extract({ authorization = '' }: AuthenticationRequest): ApiKey | null {
    const [, clientId, secret] = /^ApiKey ([^:]+):(.+)$/.exec(authorization) ?? [];
    return clientId && secret ? { clientId, secret } : null;
  }

  async verify(client: Client, { secret }: ApiKey): Promise<void> {
    if (!(await this.secrets.matches(client, secret))) throw new InvalidClientError('the API key is wrong');
  }
}
