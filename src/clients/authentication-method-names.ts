import { Injectable } from '@nestjs/common';
import { InvalidClientMetadataError } from '../common/index.js';

const ENDPOINTS = [
  'token_endpoint_auth_method',
  'introspection_endpoint_auth_method',
  'revocation_endpoint_auth_method',
] as const;

/** The client authentication methods that are loaded, extensions included: a client cannot choose any other. */
@Injectable()
export class AuthenticationMethodNames {
  private names: readonly string[] = [];

  /** Whoever finds them is above the clients, and tells at start. */
  learn(names: readonly string[]): void {
    this.names = names;
  }

  /** @throws InvalidClientMetadataError */
  check(metadata: { readonly [name in (typeof ENDPOINTS)[number]]?: string }): void {
    const parameter = ENDPOINTS.find((name) => !this.has(metadata[name]));
    if (parameter === undefined) return;
    const description = `${parameter} must be one of the following values: ${this.names.join(', ')}`;
    throw new InvalidClientMetadataError(description, { parameter });
  }

  private has(name: string | undefined): boolean {
    return name === undefined || this.names.includes(name);
  }
}
