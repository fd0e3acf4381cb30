import type { Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Request } from 'express';
import type { PageContexts, PageName } from './page-contexts.js';

/** Gives the template of a page more to show: what it returns is `extra` there. */
export interface PageContributor<T extends PageName = PageName> {
  contribute(context: PageContexts[T], request: Request): object;
}

/** Finds the contributors: its value is the page. */
export const ContributedPage = DiscoveryService.createDecorator<PageName>();

/** Makes a provider a {@link PageContributor} of that page, for an operator's own template of the same name. */
export const ContributesToPage = <T extends PageName>(page: T) =>
  ContributedPage(page) as <C extends Type<PageContributor<T>>>(target: C) => void;
