import { IncomingMessage, ServerResponse, createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';

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
}

const adopt = (prototype: object, parent: object): void => void Object.setPrototypeOf(prototype, parent);
