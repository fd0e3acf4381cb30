import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Settings } from '../config/index.js';
import { PagesService } from '../pages/index.js';
import type { ConsoleContexts } from '../pages/index.js';
import { BrowsersService } from '../sessions/index.js';
import type { ConsoleRequest } from './console.guard.js';
import { withQuery } from './values.js';

type Content<T extends keyof ConsoleContexts> = Omit<ConsoleContexts[T], 'csrf' | 'user'>;

/** Sends the pages of the console, and leads from one to another. */
@Injectable()
export class ConsolePages {
  constructor(
    private readonly settings: Settings,
    private readonly browsers: BrowsersService,
    private readonly pages: PagesService,
  ) {}

  send<T extends keyof ConsoleContexts>(
    request: ConsoleRequest,
    response: Response,
    template: T,
    content: Content<T>,
    status?: number,
  ): void {
    const csrf = this.browsers.csrfToken(request, response);
    const context = { ...content, csrf, user: request.consoleUser } as ConsoleContexts[T];
    this.pages.send(response, template, context as never, { status });
  }

  /** After a change: a page that can be reloaded, with a word about what was done. */
  lead(response: Response, path: string, done: string): void {
    response.redirect(303, `${this.settings.issuer}${withQuery(path, { done })}`);
  }
}
