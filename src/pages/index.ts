export { displayableText } from './displayable.js';
export type * from './console-contexts.js';
export type * from './page-contexts.js';
export { PagesModule } from './pages.module.js';
export { PagesOptions } from './pages-options.js';
export { type PageAnswer, PagesService } from './pages.service.js';
export { PageErrorFilter } from './page-error.filter.js';
export { PageFormMiddleware } from './page-form.middleware.js';
export { ContributesToPage, type PageContributor } from './page-contributor.js';
