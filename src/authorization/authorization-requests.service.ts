import { Injectable } from '@nestjs/common';
import { ClientsService, defaultRedirectUri, isRegisteredRedirectUri } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { InvalidRequestError, OAuthError, asOAuthError } from '../common/index.js';
import type { AuthorizationRedirect, OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { EventsService } from '../events/index.js';
import { resourcesOf } from '../grants/index.js';
import { ScopesService } from '../scopes/index.js';
import { IdTokenHints } from '../tokens/index.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { contextsIn, decideClaims, readClaims, subjectIn } from './claims-parameter.js';
import {
  codeChallengeOf,
  contextsOf,
  maxAgeOf,
  nonceOf,
  promptsOf,
  promptsSupported,
  refuseUnsupported,
  responsePartsOf,
} from './request-rules.js';
import { RequestObjectsService } from './request-objects.service.js';
import { ResponseModes } from './response-modes.js';

/** Turns raw parameters into a checked {@link AuthorizationRequest}. */
@Injectable()
export class AuthorizationRequestsService {
  constructor(
    private readonly clients: ClientsService,
    private readonly requestObjects: RequestObjectsService,
    private readonly scopes: ScopesService,
    private readonly responseModes: ResponseModes,
    private readonly settings: Settings,
    private readonly hints: IdTokenHints,
    private readonly events: EventsService,
  ) {}

  /**
   * A request as it comes in: a request object is opened, once, and what it holds is what counts.
   * @throws OAuthError
   * @see OpenID Connect Core §6.3
   */
  async receive(parameters: OAuthParameters): Promise<AuthorizationRequest> {
    const client = await this.clientOf(parameters);
    return this.resolve(await this.expand(client, parameters));
  }

  /**
   * Until client and redirect_uri are proven an error is a page; from there on it goes to the client.
   * @throws OAuthError
   * @see RFC 6749 §4.1.1, §4.1.2.1
   */
  async resolve(parameters: OAuthParameters): Promise<AuthorizationRequest> {
    const client = await this.clientOf(parameters);
    try {
      const redirect = this.redirectOf(client, parameters);
      return await this.check(client, redirect, parameters).catch((error: unknown) => {
        throw asOAuthError(error).via(redirect);
      });
    } catch (error) {
      if (error instanceof OAuthError) this.report(client, error, parameters);
      throw error;
    }
  }

  private async clientOf(parameters: OAuthParameters): Promise<Client> {
    const id = parameters['client_id'];
    if (id === undefined) throw new InvalidRequestError('client_id is missing', { parameter: 'client_id' });
    const client = await this.clients.findActive(id);
    if (!client) throw new InvalidRequestError('the client is unknown', { parameter: 'client_id' });
    return client;
  }

  private async expand(client: Client, parameters: OAuthParameters): Promise<OAuthParameters> {
    try {
      return await this.requestObjects.expand(client, parameters);
    } catch (thrown) {
      const error = this.refusalOf(client, asOAuthError(thrown), parameters);
      this.report(client, error, parameters);
      throw error;
    }
  }

  /** A bad object proves nothing, so its error goes where the request itself leads, and expressly says so. */
  private refusalOf(client: Client, error: OAuthError, parameters: OAuthParameters): OAuthError {
    if (parameters['redirect_uri'] === undefined) return error;
    try {
      return error.via(this.redirectOf(client, parameters));
    } catch (thrown) {
      return asOAuthError(thrown);
    }
  }

  private redirectOf(client: Client, parameters: OAuthParameters): AuthorizationRedirect {
    const named = parameters['redirect_uri'];
    const redirectUri = named ?? defaultRedirectUri(client);
    if (redirectUri === undefined) {
      throw new InvalidRequestError('redirect_uri is missing', { parameter: 'redirect_uri' });
    }
    if (!isRegisteredRedirectUri(client, redirectUri)) {
      throw new InvalidRequestError('redirect_uri is not registered for this client', {
        parameter: 'redirect_uri',
      });
    }
    return {
      redirectUri,
      responseMode: this.responseModes.safe(client, parameters),
      state: parameters['state'],
    };
  }

  private async check(
    client: Client,
    redirect: AuthorizationRedirect,
    parameters: OAuthParameters,
  ): Promise<AuthorizationRequest> {
    refuseUnsupported(parameters);
    const parts = responsePartsOf(client, parameters['response_type']);
    this.responseModes.check(client, parameters);
    if (this.settings.state.required && redirect.state === undefined) {
      throw new InvalidRequestError('state is missing', { parameter: 'state' });
    }
    const resources = await this.scopes.resourcesFor(resourcesOf(parameters['resource']));
    const scope = await this.scopes.requested(parameters['scope'], client.scope);
    const asked = readClaims(parameters['claims']);
    const { claims, opening } = decideClaims(asked, scope, await this.scopes.describe(client.scope));
    return Object.freeze({
      parameters,
      client,
      redirect,
      namesRedirectUri: parameters['redirect_uri'] !== undefined,
      responseParts: parts,
      scope,
      consentScope: scope.union(opening),
      claims,
      resources: resources.map((resource) => resource.identifier),
      codeChallenge: codeChallengeOf(parameters, client, parts.has('code') && this.needsPkce(client)),
      nonce: nonceOf(parameters, parts),
      prompts: promptsOf(parameters['prompt'], promptsSupported(this.settings)),
      maxAge: maxAgeOf(parameters['max_age']) ?? client.defaultMaxAge,
      contexts: contextsIn(asked) ?? contextsOf(parameters['acr_values'], client),
      expectedSubject: oneSubject(subjectIn(asked), await this.hintedSubject(parameters['id_token_hint'])),
    });
  }

  /** @see OpenID Connect Core §3.1.2.1 */
  private async hintedSubject(hint: string | undefined): Promise<string | null> {
    if (hint === undefined) return null;
    const claims = await this.hints.verify(hint, { expired: 'accepted' });
    if (claims?.sub) return claims.sub;
    throw new InvalidRequestError('id_token_hint is not an ID token of this server', {
      parameter: 'id_token_hint',
    });
  }

  private needsPkce({ requirePkce }: Client): boolean {
    return requirePkce ?? this.settings.pkce.required;
  }

  private report(client: Client, error: OAuthError, parameters: OAuthParameters): void {
    const parameter = error.parameter ?? null;
    this.events.emit('authorization.refused', {
      clientId: client.id,
      error: error.code,
      description: error.description,
      parameter,
      requested: parameter === 'redirect_uri' ? (parameters['redirect_uri'] ?? null) : null,
    });
  }
}

/** Two ways to say whom the client expects must say the same. */
function oneSubject(claimed: string | null, hinted: string | null): string | null {
  if (claimed === null || hinted === null || claimed === hinted) return claimed ?? hinted;
  throw new InvalidRequestError('claims and id_token_hint name different users', { parameter: 'claims' });
}
