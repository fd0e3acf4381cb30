import type { Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Response } from 'express';
import type { AuthorizationRedirect } from '../common/index.js';

/** What an authorization response says: code, tokens or error, with `state` and `iss`. */
export type ResponseFields = Readonly<Record<string, string>>;

/** One way for an authorization response to reach the client. @see OAuth 2.0 Multiple Response Types §2.1 */
export interface ResponseSender {
  /** Whether tokens may travel this way. Never where a server writes down addresses (RFC 6750 §5.3). */
  readonly carriesTokens: boolean;
  /** Sends the fields, an error's too, to the redirect URI, which is proven to be the client's. */
  respond(response: Response, redirect: AuthorizationRedirect, fields: ResponseFields): void | Promise<void>;
}

/** Finds the modes: its value is the name. */
export const ResponseModeName = DiscoveryService.createDecorator<string>();

/** Makes a provider the response mode of that name. */
export const ResponseMode = (name: string) =>
  ResponseModeName(name) as <C extends Type<ResponseSender>>(target: C) => void;
