import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { NestMiddleware } from '@nestjs/common';
import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import {
  InvalidRequestError,
  OAuthError,
  RequestTooLargeError,
  UnsupportedMediaTypeError,
  assertPlainJson,
  sendOAuthError,
} from '../common/index.js';

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

const readJson = express.json({
  type: ['application/json', 'application/merge-patch+json'],
  limit: '64kb',
  strict: true,
  inflate: false,
  verify: assertUtf8,
});

/**
 * Reads the body of a management route: a JSON object, or nothing, which counts as an empty one.
 * What cannot be read is answered here, because no controller's filter ever sees a middleware's error.
 */
@Injectable()
export class JsonBodyMiddleware implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    if (!WITH_BODY.has(request.method)) return next();
    const continueWith = (error?: unknown): void => {
      try {
        if (error) throw refusalFor(error);
        request.body = objectOf(request);
      } catch (refusal) {
        return sendOAuthError(response, refusal as OAuthError);
      }
      next();
    };
    // A host's own parser may have come first.
    if (request.body === undefined) readJson(request, response, continueWith);
    else continueWith();
  }
}

function objectOf(request: Request): object {
  const body: unknown = request.body;
  if (body === undefined && isEmpty(request)) return {};
  if (body === undefined) throw new UnsupportedMediaTypeError('the body must be application/json');
  assertPlainJson(body);
  return body;
}

const isEmpty = ({ headers }: Request): boolean =>
  Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined;

/** RFC 8259 §8.1: JSON is UTF-8, whatever the media type's charset claims. */
function assertUtf8(_request: IncomingMessage, _response: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8') throw new UnsupportedMediaTypeError('the body must be UTF-8');
  if (!isUtf8(body)) throw new InvalidRequestError('the body must be UTF-8');
}

function refusalFor(cause: unknown): OAuthError {
  if (cause instanceof OAuthError) return cause;
  const { status } = cause as { status?: number };
  if (status === 413) return new RequestTooLargeError('the request body is too large', { cause });
  if (status === 415) return new UnsupportedMediaTypeError('the body encoding is not supported', { cause });
  return new InvalidRequestError('the body is not valid JSON', { cause });
}
