import { Injectable, SetMetadata, UseGuards, applyDecorators, createParamDecorator } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import { ApiBasicAuth, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { restrictOrigin } from '../clients/index.js';
import type { Client, ClientEndpoint } from '../clients/index.js';
import { AuthenticatedBy } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { ClientAuthenticator } from './client-authenticator.js';

const ENDPOINT = Symbol('ENDPOINT');

interface ClientRequest extends Request {
  body: OAuthParameters;
  client?: Client;
}

/** Lets a request through once its client is proven. */
@Injectable()
export class ClientAuthenticationGuard implements CanActivate {
  constructor(
    private readonly authenticator: ClientAuthenticator,
    private readonly reflector: Reflector,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<ClientRequest>();
    const { authorization } = request.headers;
    const endpoint = this.reflector.get<ClientEndpoint>(ENDPOINT, context.getClass());
    const credentials = { authorization, parameters: request.body, endpoint: this.urlOf(context) };
    request.client = await this.authenticator.authenticate(credentials, endpoint);
    restrictOrigin(request.client, request, http.getResponse<Response>());
    return true;
  }

  /** As it is published, wherever a proxy or a host application may have put it. */
  private urlOf(context: ExecutionContext): string {
    return `${this.settings.issuer}/${this.reflector.get<string>(PATH_METADATA, context.getClass())}`;
  }
}

/** The controller is for clients, each with the method that it is registered with for this endpoint. */
export const RequireClientAuthentication = (endpoint: ClientEndpoint): ClassDecorator =>
  applyDecorators(
    AuthenticatedBy('client'),
    SetMetadata(ENDPOINT, endpoint),
    UseGuards(ClientAuthenticationGuard),
    ApiBasicAuth('client'),
    ApiUnauthorizedResponse({ description: 'invalid_client' }),
  );

/** The client that {@link RequireClientAuthentication} has let through. */
export const AuthenticatedClient = createParamDecorator(
  (_: unknown, context: ExecutionContext): Client =>
    context.switchToHttp().getRequest<ClientRequest>().client!,
);
