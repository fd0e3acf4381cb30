import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { FormBodyMiddleware } from '../common/index.js';
import type { OAuthError } from '../common/index.js';
import { PageErrorFilter } from './page-error.filter.js';
import { PagesService } from './pages.service.js';

/** Reads the forms that browsers send: what cannot be read is told on a page. */
@Injectable()
export class PageFormMiddleware extends FormBodyMiddleware {
  private readonly errors: PageErrorFilter;

  constructor(pages: PagesService) {
    super();
    this.errors = new PageErrorFilter(pages);
  }

  protected override refuse(error: OAuthError, request: Request, response: Response): void {
    this.errors.send(error, request, response);
  }
}
