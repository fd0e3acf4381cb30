import { Injectable } from '@nestjs/common';
import type { NestMiddleware, RawBodyRequest } from '@nestjs/common';
import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import type { OAuthError } from './oauth-error.js';
import { asOAuthError } from './oauth-error.filter.js';
import { InvalidRequestError, RequestTooLargeError, UnsupportedMediaTypeError } from './oauth-errors.js';
import { checkParameters, parseParameters } from './oauth-parameters.js';
import type { OAuthParameters } from './oauth-parameters.js';
import { sendOAuthError } from './send-oauth-error.js';

const FORM = 'application/x-www-form-urlencoded';
const LIMIT = 64 * 1024;
const readBody = express.raw({ type: FORM, limit: LIMIT, inflate: false });

/**
 * Reads the form body of an OAuth route, strictly and once: `request.body` is {@link OAuthParameters} afterwards.
 * A host whose own parser came first is served as well. What cannot be read is answered here, because
 * no controller's filter ever sees a middleware's error.
 */
@Injectable()
export class FormBodyMiddleware implements NestMiddleware {
  /** The parameters that may come more than once; their values are joined by spaces (RFC 8707 §2). */
  protected readonly repeatable: readonly string[] = ['resource'];

  use(request: Request, response: Response, next: NextFunction): void {
    if (request.method !== 'POST') return next();
    const continueWith = (error?: unknown): void => {
      try {
        if (error) throw refusalFor(error);
        request.body = formOf(request, this.repeatable);
      } catch (refusal) {
        return this.refuse(asOAuthError(refusal), request, response);
      }
      next();
    };
    if (request.body !== undefined) continueWith();
    else if (isOrdinaryForm(request)) readOrdinaryForm(request, continueWith);
    else readBody(request, response, continueWith);
  }

  protected refuse(error: OAuthError, _request: Request, response: Response): void {
    sendOAuthError(response, error);
  }
}

/** A form as nearly all are: of this type, not compressed, and of a known length that is not too long. */
function isOrdinaryForm({ headers, readable }: Request): boolean {
  const length = Number(headers['content-length']);
  const isForm = /^application\/x-www-form-urlencoded *(; *charset=[\w-]+)?$/i.test(
    headers['content-type'] ?? '',
  );
  return isForm && length <= LIMIT && headers['content-encoding'] === undefined && readable;
}

/** What express.raw does, for a tenth of its price. */
function readOrdinaryForm(request: Request, done: () => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    request.body = Buffer.concat(chunks);
    done();
  });
}

function formOf(request: RawBodyRequest<Request>, repeatable: readonly string[]): OAuthParameters {
  const body: unknown = request.body;
  if (Buffer.isBuffer(body)) return parseParameters(asciiOf(body), repeatable);
  if (!request.is(FORM)) throw wrongType(request);
  if (request.rawBody) return parseParameters(asciiOf(request.rawBody), repeatable);
  return checkParameters(unbracketed(body ?? {}), repeatable);
}

/** A list of one was written with brackets: the name is `code[]`, which is not `code`. */
const unbracketed = (body: object): object =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => !(Array.isArray(value) && value.length < 2)));

/** A form is ASCII: everything else is percent-encoded (RFC 6749 Appendix B). */
function asciiOf(body: Buffer): string {
  const text = body.toString('latin1');
  if (/[^\x00-\x7f]/.test(text)) throw new InvalidRequestError('the form must be percent-encoded UTF-8');
  return text;
}

const wrongType = (request: Request): InvalidRequestError =>
  Number(request.headers['content-length'] ?? 0) === 0 && !request.headers['transfer-encoding']
    ? new InvalidRequestError('the request has no form body')
    : new UnsupportedMediaTypeError(`the body must be ${FORM}`);

function refusalFor(error: unknown): InvalidRequestError {
  const status = (error as { status?: number }).status;
  if (status === 413) return new RequestTooLargeError('the request body is too large', { cause: error });
  if (status === 415)
    return new UnsupportedMediaTypeError('the body encoding is not supported', { cause: error });
  return new InvalidRequestError('the request body cannot be read', { cause: error });
}
