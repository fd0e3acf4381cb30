import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import type { NestMiddleware } from '@nestjs/common';
import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import { hasRepeatedNames } from '../client-keys/index.js';
import {
  InvalidClientMetadataError,
  InvalidRequestError,
  MethodNotAllowedError,
  OAuthError,
  RequestTooLargeError,
  UnsupportedMediaTypeError,
  assertPlainJson,
  sendOAuthError,
} from '../common/index.js';

const JSON_TYPE = 'application/json';
const readBody = express.raw({ type: JSON_TYPE, limit: '64kb', inflate: false });

/**
 * Reads the metadata that a client sends: a JSON object without a name twice, and nothing else.
 * What cannot be read is answered here, because no controller's filter ever sees a middleware's error.
 */
@Injectable()
export class RegistrationBodyMiddleware implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    response.setHeader('Cache-Control', 'no-store');
    const { method } = request;
    const allowed = methodsAt(request);
    if (!allowed.includes(method))
      return sendOAuthError(response, new MethodNotAllowedError(allowed.join(', ')));
    if (method !== 'POST' && method !== 'PUT') return next();
    const continueWith = (error?: unknown): void => {
      try {
        if (error) throw refusalFor(error);
        request.body = metadataIn(request);
      } catch (fault) {
        return sendOAuthError(response, refusalFor(fault));
      }
      next();
    };
    // A host's own parser may have come first.
    if (request.body === undefined) readBody(request, response, continueWith);
    else continueWith();
  }
}

/** The one for all clients, or the one of a client. @see RFC 7591 §3.1, RFC 7592 §2 */
const methodsAt = ({ originalUrl }: Request): readonly string[] =>
  /\/oauth\/register\/[^/?]/.test(originalUrl) ? ['GET', 'HEAD', 'PUT', 'DELETE'] : ['POST'];

function metadataIn(request: Request): object {
  if (!request.is(JSON_TYPE)) throw new UnsupportedMediaTypeError(`the body must be ${JSON_TYPE}`);
  const body: unknown = Buffer.isBuffer(request.body) ? parsed(request.body) : request.body;
  assertPlainJson(body);
  return body;
}

/** RFC 8259 §8.1: JSON is UTF-8. Of two members with one name parsers take different ones, so neither is taken. */
function parsed(body: Buffer): unknown {
  const text = isUtf8(body) ? body.toString('utf8') : '';
  const value: unknown = JSON.parse(text);
  if (hasRepeatedNames(text)) throw new InvalidClientMetadataError('a name is in the body twice');
  return value;
}

function refusalFor(cause: unknown): OAuthError {
  if (cause instanceof OAuthError) return ofThisEndpoint(cause);
  const { status } = cause as { status?: number };
  if (status === 413) return new RequestTooLargeError('the request body is too large', { cause });
  if (status === 415) return new UnsupportedMediaTypeError('the body encoding is not supported', { cause });
  return new InvalidClientMetadataError('the body is not valid JSON', { cause });
}

/** RFC 7591 §3.2.2 has a code of its own for what is wrong with the metadata. */
const ofThisEndpoint = (error: OAuthError): OAuthError =>
  error instanceof InvalidRequestError && error.status === 400
    ? new InvalidClientMetadataError(error.description)
    : error;
