import { Injectable } from '@nestjs/common';
import { ClientsService } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { InvalidRequestError } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { IdTokenHints } from '../tokens/index.js';
import { LOGOUT_PARAMETERS } from './logout-request.js';
import type { LogoutRequest } from './logout-request.js';

/** RFC 6749 Appendix A.5: VSCHAR and space, so that no state can break a line of a header. */
const STATE = /^[\x20-\x7e]+$/;
/** RFC 7516 §3: the compact form of what is encrypted. */
const PARTS_OF_A_JWE = 5;

/** What a valid ID token says of who asks. */
interface Hint {
  readonly clientId: string;
  readonly sessionId: string | null;
}

/** Turns raw parameters into a checked {@link LogoutRequest}. */
@Injectable()
export class LogoutRequestsService {
  constructor(
    private readonly clients: ClientsService,
    private readonly hints: IdTokenHints,
  ) {}

  /**
   * @throws InvalidRequestError, for a page: nothing here ever goes to an address that is not proven
   * @see OpenID Connect RP-Initiated Logout 1.0 §2, §3, §4
   */
  async resolve(parameters: OAuthParameters): Promise<LogoutRequest> {
    const hint = await this.hintOf(parameters['id_token_hint']);
    const client = await this.clientOf(hint?.clientId ?? null, parameters['client_id']);
    return {
      client,
      returnTo: returnAddress(client, parameters),
      isProven: hint !== null,
      sessionId: hint?.sessionId ?? null,
      fields: fieldsOf(parameters),
    };
  }

  /** An expired one still says who asks (§2); one that is encrypted to its client says nothing to us. */
  private async hintOf(hint: string | undefined): Promise<Hint | null> {
    if (hint === undefined) return null;
    const claims = await this.hints.verify(hint, { expired: 'accepted' });
    if (!claims && hint.split('.').length === PARTS_OF_A_JWE) return null;
    const [clientId, ...others] = [claims?.aud ?? []].flat();
    if (clientId === undefined || others.length > 0)
      throw refusal('id_token_hint', 'id_token_hint is not an ID token of this server');
    const sid = claims?.['sid'];
    return { clientId, sessionId: typeof sid === 'string' ? sid : null };
  }

  private async clientOf(hinted: string | null, named: string | undefined): Promise<Client | null> {
    if (hinted !== null && named !== undefined && named !== hinted) {
      throw refusal('client_id', 'client_id is not the client that id_token_hint was issued to');
    }
    const id = hinted ?? named;
    if (id === undefined) return null;
    const client = await this.clients.findActive(id);
    if (!client) throw refusal('client_id', 'the client is unknown');
    return client;
  }
}

function returnAddress(client: Client | null, parameters: OAuthParameters): string | null {
  const { post_logout_redirect_uri: uri, state } = parameters;
  if (uri === undefined) return null;
  if (!client?.postLogoutRedirectUris.includes(uri)) {
    throw refusal('post_logout_redirect_uri', 'post_logout_redirect_uri is not registered for this client');
  }
  if (state === undefined) return uri;
  if (!STATE.test(state)) throw refusal('state', 'state holds a character that is not allowed');
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state }).toString()}`;
}

function fieldsOf(parameters: OAuthParameters): Record<string, string> {
  return Object.fromEntries(
    LOGOUT_PARAMETERS.flatMap((name) => {
      const value = parameters[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const refusal = (parameter: string, description: string): InvalidRequestError =>
  new InvalidRequestError(description, { parameter });
