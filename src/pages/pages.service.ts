import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Request, Response } from 'express';
import { discoverProviders } from '../common/index.js';
import type { DiscoveredProvider } from '../common/index.js';
import type { FormPostContext, PageContexts, PageName, SignedOutContext } from './page-contexts.js';
import { AUTO_SUBMIT, LEAD_ON, baselineHeaders, contentSecurityPolicy } from './page-headers.js';
import { imageSources } from './page-images.js';
import { PageTemplates } from './page-templates.js';
import { ContributedPage } from './page-contributor.js';
import type { PageContributor } from './page-contributor.js';
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

/** The script that a page runs; hardly any does. */
function scriptOf(template: PageName, context: PageContexts[PageName]): string | undefined {
  if (template === 'form-post') return AUTO_SUBMIT;
  return template === 'signed-out' && (context as SignedOutContext).leadsOn ? LEAD_ON : undefined;
}

/** Sends the HTML pages, all of them through one door, so that none misses a header. */
@Injectable()
export class PagesService implements OnApplicationBootstrap {
  private readonly templates: PageTemplates;
  private contributors: readonly DiscoveredProvider<PageContributor, PageName>[] = [];

  /** @throws Error when a template, the operator's own included, cannot be compiled */
  constructor(
    private readonly options: PagesOptions,
    private readonly discovery: DiscoveryService,
  ) {
    this.templates = new PageTemplates(options);
  }

  onApplicationBootstrap(): void {
    this.contributors = discoverProviders<PageContributor, PageName>(this.discovery, ContributedPage);
  }

  /** Sends a complete HTML page that is neither stored, framed, sniffed nor named to other sites. */
  send<T extends PageName>(
    response: Response,
    template: T,
    context: PageContexts[T],
    answer: PageAnswer = {},
  ): void {
    const extra = this.extra(template, context, response.req);
    const html = this.templates.render(template, { ...context, ...(extra && { extra }) });
    response
      .status(answer.status ?? 200)
      .set({ ...this.headers(template, context, answer), ...answer.headers })
      .send(html);
  }

  /** What providers of the operator add for a template of his own. */
  private extra(page: PageName, context: PageContexts[PageName], request: Request): object | undefined {
    const own = this.contributors.filter(({ metadata }) => metadata === page);
    if (own.length === 0) return undefined;
    return Object.assign({}, ...own.map(({ instance }) => instance.contribute(context, request)));
  }

  private headers(template: PageName, context: PageContexts[PageName], answer: PageAnswer) {
    return {
      ...baselineHeaders(this.options.secure),
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy({
        formAction: [...formTargets(template, context), ...(answer.formAction ?? [])],
        formToSelf: template !== 'form-post',
        images: imageSources(context, this.options.secure),
        script: scriptOf(template, context),
        frames: template === 'signed-out' ? (context as SignedOutContext).frames : [],
      }),
    };
  }
}

/** Only the form of form_post leaves this server by itself; an application commonly redirects what it got from there. */
function formTargets(template: PageName, context: PageContexts[PageName]): string[] {
  if (template !== 'form-post') return [];
  const { action } = context as FormPostContext;
  return action.startsWith('https:') ? [action, 'https:'] : [action];
}
