import { IncomingMessage, ServerResponse, createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, Response } from 'express';

/**
 * The Express adapter without Express's `Object.setPrototypeOf` on every request and response, which costs
 * Node 20 and 22 about two thirds of their throughput: the server makes objects that already have
 * Express's prototypes. See docs/decisions/0004-fast-express-adapter.md.
 */
export class FastExpressAdapter extends ExpressAdapter {
  override initHttpServer(options: NestApplicationOptions): void {
    const app = this.getInstance<Express>();
    class FastRequest extends IncomingMessage {}
    class FastResponse extends ServerResponse {}
    adopt(FastRequest.prototype, app.request);
    adopt(FastResponse.prototype, app.response);
    Object.assign(app, { request: FastRequest.prototype, response: FastResponse.prototype });
    const classes = { IncomingMessage: FastRequest, ServerResponse: FastResponse };
    const { httpsOptions } = options;
    this.httpServer = httpsOptions
      ? createSecureServer({ ...httpsOptions, ...classes } as object, app)
      : createServer(classes, app);
  }

  /** A plain object in the plain case is written at once; Express finds its way to the same bytes in eight steps. */
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!isPlainObject(body) || !isPlainAnswer(response, statusCode)) {
      return super.reply(response, body, statusCode);
    }
    const json = JSON.stringify(body);
    response.statusCode = statusCode ?? response.statusCode;
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(json));
    return response.end(json);
  }
}

const isPlainObject = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype;

/** Neither the application's settings nor the handler want anything special of Express. */
function isPlainAnswer(response: Response, statusCode = response.statusCode): boolean {
  const { settings } = response.app as unknown as { settings: Record<string, unknown> };
  const wantsNothing = !settings['etag fn'] && SPECIAL_JSON.every((name) => settings[name] === undefined);
  return wantsNothing && (statusCode === 200 || statusCode === 201) && !response.hasHeader('Content-Type');
}

const SPECIAL_JSON = ['json escape', 'json replacer', 'json spaces'];

const adopt = (prototype: object, parent: object): void => void Object.setPrototypeOf(prototype, parent);
