import { Injectable } from '@nestjs/common';
import { AuthorizationCodesService } from '../grants/index.js';
import type { Session } from '../sessions/index.js';
import { AuthorizationsService, TokensService } from '../tokens/index.js';
import type { Authorization } from '../tokens/index.js';
import { AuthenticationContexts } from './authentication-contexts.js';
import type { AuthorizationRequest } from './authorization-request.js';

/** The parameters of an authorization response. */
export type Answer = Readonly<Record<string, string>>;

/** Issues what a response type asks for, all of one family. @see OAuth 2.0 Multiple Response Types §5 */
@Injectable()
export class AuthorizationAnswer {
  constructor(
    private readonly authorizations: AuthorizationsService,
    private readonly codes: AuthorizationCodesService,
    private readonly tokens: TokensService,
    private readonly contexts: AuthenticationContexts,
  ) {}

  async issue(request: AuthorizationRequest, session: Session): Promise<Answer> {
    const { client, scope, resources, responseParts: parts, nonce, claims } = request;
    const { subject, username } = session;
    const acr = this.contexts.achieved(session.methods, request.contexts);
    const granted = { client, subject, username, scope, resources, session, acr, claims };
    const family = this.authorizations.make(granted);
    const code = parts.has('code') ? await this.code(request, family) : undefined;
    const token = parts.has('token') ? await this.token(request, family) : undefined;
    if (code === undefined && token === undefined) await this.authorizations.store(family);
    const { state } = request.redirect;
    const companions = { nonce, code, state, accessToken: token?.['access_token'] };
    return {
      ...(code !== undefined && { code }),
      ...token,
      ...(parts.has('id_token') && { id_token: await this.tokens.idToken(client, family, companions) }),
    };
  }

  private code(request: AuthorizationRequest, authorization: Authorization): Promise<string> {
    const { namesRedirectUri, redirect, codeChallenge, nonce } = request;
    const redirectUri = namesRedirectUri ? redirect.redirectUri : null;
    return this.codes.issue({ authorization, redirectUri, codeChallenge, nonce });
  }

  /** RFC 6749 §4.2.2: no refresh token ever comes this way. */
  private async token(request: AuthorizationRequest, authorization: Authorization): Promise<Answer> {
    const { client, scope, resources } = request;
    const { subject } = authorization;
    const { expires_in, ...response } = await this.tokens.issue({
      client,
      subject,
      scope,
      resources,
      authorization,
    });
    return { ...(response as unknown as Answer), expires_in: String(expires_in) };
  }
}
