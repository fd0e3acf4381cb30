import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Response } from 'express';
import { isFrontChannel, responseParts } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { InvalidRequestError, discoverUnique } from '../common/index.js';
import type { AuthorizationRedirect, OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { ResponseModeName } from './response-mode.js';
import type { ResponseFields, ResponseSender } from './response-mode.js';

/** Ways for an authorization response to reach the client. @see OAuth 2.0 Multiple Response Types §2.1 */
@Injectable()
export class ResponseModes implements OnApplicationBootstrap {
  private modes: ReadonlyMap<string, ResponseSender> = new Map();

  constructor(
    private readonly settings: Settings,
    private readonly discovery: DiscoveryService,
  ) {}

  onApplicationBootstrap(): void {
    this.modes = discoverUnique(this.discovery, ResponseModeName, 'response mode');
  }

  /** The names of those that are loaded; a fragment is for clients that may have tokens. */
  names({ hasFrontChannel }: Pick<Client, 'hasFrontChannel'>): string[] {
    return [...this.modes.keys()].filter((name) => name !== 'fragment' || hasFrontChannel);
  }

  /** @throws InvalidRequestError */
  check(client: Client, parameters: OAuthParameters): void {
    const { response_mode: mode } = parameters;
    if (mode === undefined || this.allowed(client, parameters).includes(mode)) return;
    throw new InvalidRequestError('response_mode is not supported', { parameter: 'response_mode' });
  }

  /** The mode that a request names, or the default: an error about the mode itself needs one, too. */
  safe(client: Client, parameters: OAuthParameters): string {
    const mode = parameters['response_mode'];
    if (mode !== undefined && this.allowed(client, parameters).includes(mode)) return mode;
    return wantsTokens(client, parameters) ? 'fragment' : 'query';
  }

  /** Every response, success or error, says who answers (RFC 9207 §2) and returns the state as it came. */
  async respond(response: Response, redirect: AuthorizationRedirect, answer: ResponseFields): Promise<void> {
    const { responseMode, state } = redirect;
    const fields = { ...answer, ...(state !== undefined && { state }), iss: this.settings.issuer };
    await this.modes.get(responseMode)!.respond(response, redirect, fields);
  }

  /** Tokens never go into a query, where servers log them, nor by any other mode that is not made for them. */
  private allowed(client: Client, parameters: OAuthParameters): string[] {
    const names = this.names(client);
    if (!wantsTokens(client, parameters)) return names;
    return names.filter((name) => this.modes.get(name)!.carriesTokens);
  }
}

function wantsTokens(client: Client, { response_type: responseType = '' }: OAuthParameters): boolean {
  const parts = client.allowsResponseType(responseType) ? responseParts(responseType) : null;
  return parts !== null && isFrontChannel(parts);
}
