import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { FormPostContext, PageContexts, PageName } from './page-contexts.js';
import { baselineHeaders, contentSecurityPolicy } from './page-headers.js';
import { PageTemplates } from './page-templates.js';
import { PagesOptions } from './pages-options.js';

export interface PageAnswer {
  /** HTTP status; 200 unless told. */
  readonly status?: number;
  /**
   * URIs or schemes to which a form of this page may lead. Chromium applies `form-action` to every redirect
   * after a post, the application's own included: sign-in and consent pass the redirect URI of the request,
   * and `https:` too where an application goes on to another origin.
   */
  readonly formAction?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the HTML pages, all of them through one door, so that none misses a header. */
@Injectable()
export class PagesService {
  private readonly templates: PageTemplates;

  /** @throws Error when a template, the operator's own included, cannot be compiled */
  constructor(private readonly options: PagesOptions) {
    this.templates = new PageTemplates(options);
  }

  /** Sends a complete HTML page that is neither stored, framed, sniffed nor named to other sites. */
  send<T extends PageName>(
    response: Response,
    template: T,
    context: PageContexts[T],
    answer: PageAnswer = {},
  ): void {
    const html = this.templates.render(template, context);
    response
      .status(answer.status ?? 200)
      .set({ ...this.headers(template, context, answer), ...answer.headers })
      .send(html);
  }

  private headers(template: PageName, context: PageContexts[PageName], answer: PageAnswer) {
    return {
      ...baselineHeaders(this.options.secure),
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy({
        formAction: [...formTargets(template, context), ...(answer.formAction ?? [])],
        formToSelf: template !== 'form-post',
        autoSubmit: template === 'form-post',
        secure: this.options.secure,
      }),
    };
  }
}

/** Only the form of the form_post response mode leaves this server by itself. */
function formTargets(template: PageName, context: PageContexts[PageName]): string[] {
  return template === 'form-post' ? [(context as FormPostContext).action] : [];
}
