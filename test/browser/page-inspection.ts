import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page, Response } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe-core must not fetch anything: the pages' policy forbids it, and says so on the console. */
const RUN = `axe.run(document, { preload: false, resultTypes: ['violations'] })`;

/** What axe-core has against the page that is shown, one line a place. */
export async function violations(page: Page): Promise<string[]> {
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>(RUN);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} at ${target.join(' ')}: ${help}`),
  );
}

/** How many pixels the page is wider than its window. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Everything that a browser holds against the server's pages by itself, from now on: an empty list is good. */
export function complaints(page: Page, issuer: string): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAboutStatus(message.text())) found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(error.message));
  page.on('requestfailed', (request) => found.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.url().startsWith(issuer)) found.push(...faultsOf(response));
  });
  return found;
}

/** Chromium reports the status of an error page, which is right to have it. */
const isAboutStatus = (text: string): boolean => /the server responded with a status of \d+/.test(text);

function faultsOf(response: Response): string[] {
  const [status, url] = [response.status(), response.url()];
  if (response.request().resourceType() !== 'document') return status < 400 ? [] : [`${url} ${status}`];
  if (status >= 300 && status < 400) return [];
  const policy = response.headers()['content-security-policy'] ?? '';
  return policy.startsWith("default-src 'none'") ? [] : [`${url} has no Content-Security-Policy`];
}
