import { Injectable } from '@nestjs/common';
import { UnsecuredJWT, decodeProtectedHeader } from 'jose';
import { ClientKeys } from '../client-keys/index.js';
import { canonicalResponseType } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import {
  Clock,
  InvalidRequestError,
  InvalidRequestObjectError,
  RequestNotSupportedError,
  RequestUriNotSupportedError,
} from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { JwtService, SIGNING_ALGORITHMS } from '../keys/index.js';
import { parametersIn } from './request-object.js';
import type { RequestObject } from './request-object.js';
import { RequestUrisService } from './request-uris.service.js';

/** What request objects may be signed with; `none` only by a client that is registered so. */
export const REQUEST_OBJECT_ALGORITHMS: readonly string[] = [...SIGNING_ALGORITHMS, 'HS256'];

/** Puts what a request object holds in the place of the request. @see RFC 9101, OpenID Connect Core §6 */
@Injectable()
export class RequestObjectsService {
  constructor(
    private readonly references: RequestUrisService,
    private readonly clientKeys: ClientKeys,
    private readonly jwt: JwtService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * The request without `request` and `request_uri`: what they hold counts more than what stands beside them, and
   * from a client whose requests must be signed it alone counts (RFC 9101 §6.3).
   * @throws InvalidRequestObjectError, InvalidRequestUriError, InvalidRequestError
   */
  async expand(client: Client, parameters: OAuthParameters): Promise<OAuthParameters> {
    const { request, request_uri: uri, ...outer } = parameters;
    if (request === undefined && uri === undefined) return withoutObject(client, parameters);
    if (request !== undefined && uri !== undefined)
      throw new InvalidRequestError('request and request_uri exclude each other', { parameter: 'request' });
    const text = request ?? (await this.references.fetch(client, uri!));
    const object = await this.open(client, text, request === undefined);
    const expected = { clientId: client.id, issuer: this.settings.issuer, now: this.clock.now() };
    const inner = parametersIn(object, expected);
    checkResponseType(outer['response_type'], inner['response_type']);
    const counting = client.requiresSignedRequestObject ? { client_id: client.id } : outer;
    return { ...counting, ...inner };
  }

  private async open(client: Client, text: string, isByReference: boolean): Promise<RequestObject> {
    const isEncrypted = text.split('.').length === 5;
    const jwt = isEncrypted ? await this.decrypt(client, text) : text;
    if (headerOf(jwt)['alg'] === 'none') return unsigned(client, jwt, isByReference);
    const alg = client.requestObjectAlgorithm;
    const algorithms = alg === null ? REQUEST_OBJECT_ALGORITHMS : [alg];
    const signed = await this.clientKeys.verify(client, jwt, { algorithms });
    if (!signed) throw invalid('is not signed as the client is registered');
    return { header: signed.header, claims: signed.payload };
  }

  private async decrypt(client: Client, jwe: string): Promise<string> {
    const { alg, enc } = headerOf(jwe);
    const { requestObjectKeyWrapping: wrapping, requestObjectEncryption: encryption } = client;
    const isAsRegistered = (wrapping ?? alg) === alg && (encryption ?? enc) === enc;
    const jwt = isAsRegistered ? await this.jwt.decrypt(jwe) : null;
    if (jwt === null) throw invalid('cannot be decrypted');
    return jwt;
  }
}

function withoutObject(client: Client, parameters: OAuthParameters): OAuthParameters {
  if (!client.requiresSignedRequestObject) return parameters;
  throw new InvalidRequestError('the request must be a signed request object', { parameter: 'request' });
}

/** OpenID Connect Core §6.1 wants the same outside, RFC 9101 §5 does not need it there. */
function checkResponseType(outer: string | undefined, inner: string | undefined): void {
  if (outer === undefined || inner === undefined) return;
  if (canonicalResponseType(outer) !== canonicalResponseType(inner))
    throw invalid('has another response_type than the request');
}

/**
 * Anybody could have made it, so it is taken only where the client says so: by name, or by having registered itself
 * without a name, which means any algorithm there (OpenID Connect Dynamic Client Registration 1.0 §2).
 * @see OpenID Connect Core §6.1
 */
function unsigned(client: Client, jwt: string, isByReference: boolean): RequestObject {
  const { requestObjectAlgorithm: alg, requiresSignedRequestObject: isSigned, registeredWith } = client;
  if ((alg !== null && alg !== 'none') || isSigned) throw invalid('is not signed');
  if (alg === 'none' || registeredWith !== null) return unsecured(jwt);
  throw isByReference
    ? new RequestUriNotSupportedError('unsigned request objects are not supported', {
        parameter: 'request_uri',
      })
    : new RequestNotSupportedError('unsigned request objects are not supported', { parameter: 'request' });
}

function unsecured(jwt: string): RequestObject {
  try {
    // Its times are checked where those of signed ones are.
    const { header, payload } = UnsecuredJWT.decode(jwt, { clockTolerance: Number.MAX_SAFE_INTEGER });
    return { header: { ...header }, claims: payload };
  } catch (cause) {
    throw invalid('is malformed', cause);
  }
}

function headerOf(jwt: string): Readonly<Record<string, unknown>> {
  try {
    return { ...decodeProtectedHeader(jwt) };
  } catch (cause) {
    throw invalid('is malformed', cause);
  }
}

const invalid = (fault: string, cause?: unknown): InvalidRequestObjectError =>
  new InvalidRequestObjectError(`the request object ${fault}`, { parameter: 'request', cause });
