import { Injectable, UseGuards, applyDecorators, createParamDecorator } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ApiBasicAuth, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { restrictOrigin } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { AuthenticatedBy } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { ClientAuthenticator } from './client-authenticator.js';

interface ClientRequest extends Request {
  body: OAuthParameters;
  client?: Client;
}

/** Lets a request through once its client is proven. */
@Injectable()
export class ClientAuthenticationGuard implements CanActivate {
  constructor(private readonly authenticator: ClientAuthenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<ClientRequest>();
    const { authorization } = request.headers;
    request.client = await this.authenticator.authenticate({ authorization, parameters: request.body });
    restrictOrigin(request.client, request, http.getResponse<Response>());
    return true;
  }
}

/** The route is for clients, each with the method it is registered with. */
export const RequireClientAuthentication = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    AuthenticatedBy('client'),
    UseGuards(ClientAuthenticationGuard),
    ApiBasicAuth('client'),
    ApiUnauthorizedResponse({ description: 'invalid_client' }),
  );

/** The client that {@link RequireClientAuthentication} has let through. */
export const AuthenticatedClient = createParamDecorator(
  (_: unknown, context: ExecutionContext): Client =>
    context.switchToHttp().getRequest<ClientRequest>().client!,
);
