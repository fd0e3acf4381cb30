import { Injectable, UseGuards, applyDecorators } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiUnauthorizedResponse } from '@nestjs/swagger';
import { ClientsService, isClientId } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { AuthenticatedBy, InvalidTokenError, bearerToken, digestOf } from '../common/index.js';
import type { RegistrationRequest } from './registration-request.js';

/** Lets a client through to its own metadata. @see RFC 7592 §2 */
@Injectable()
export class ClientConfigurationGuard implements CanActivate {
  constructor(private readonly clients: ClientsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RegistrationRequest>();
    const token = bearerToken(request);
    const client = await this.find(String(request.params['client_id']));
    // One answer for a token that is wrong and for a client that is not there (RFC 7592 §2.1): nobody can tell.
    if (!client?.registrationDigest?.equals(digestOf(token)))
      throw new InvalidTokenError('the registration access token is not one of this client');
    request.registeredClient = client;
    request.registrationAccessToken = token;
    return true;
  }

  /** As it is now, not as it is remembered. */
  private async find(id: string): Promise<Client | null> {
    const client = isClientId(id) ? await this.clients.find(id) : null;
    return client && !client.disabled ? client : null;
  }
}

/** The route is for the client that it names. */
export const RequireRegistrationAccess = (): ClassDecorator =>
  applyDecorators(
    AuthenticatedBy('registration'),
    UseGuards(ClientConfigurationGuard),
    ApiBearerAuth('registration'),
    ApiUnauthorizedResponse({ description: 'There is no such client, or the token is not one of it' }),
  );
