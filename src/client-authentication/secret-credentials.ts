import type { ClientCredentials } from './client-authentication-method.js';

export interface SecretCredentials extends ClientCredentials {
  readonly secret: string;
}
