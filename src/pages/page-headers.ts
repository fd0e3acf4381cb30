import { createHash } from 'node:crypto';

/** Sends the form. Like the other script it has no character that HTML escapes; a field named "submit" cannot hide it. */
export const AUTO_SUBMIT = 'HTMLFormElement.prototype.submit.call(document.forms[0])';

/** Follows the link `#continue` once all frames have loaded, or after four seconds. */
export const LEAD_ON =
  '(function(go){addEventListener(/load/.source,go);setTimeout(go,4000)})' +
  '(function(){location.replace(document.getElementById(/continue/.source).href)})';

const sourceOf = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** A host that the grammar of a CSP source can express: it has no IPv6 literal. */
const EXPRESSIBLE_ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/;

const BARE_SCHEME = /^[a-z][a-z0-9+.-]*:$/;

export interface ContentSecurityPolicyInput {
  /** URIs that a form of the page may lead to, also by way of a redirect. */
  readonly formAction: readonly string[];
  /** Whether the page's own forms post to this server. */
  readonly formToSelf: boolean;
  /** The only script that the page runs. */
  readonly script?: string;
  /** URIs of the pages that it frames. */
  readonly frames?: readonly string[];
  /** Where pictures come from beside this server: sources. */
  readonly images: readonly string[];
}

/** The Content-Security-Policy of a page. @see https://www.w3.org/TR/CSP3/ */
export function contentSecurityPolicy(input: ContentSecurityPolicyInput): string {
  const formAction = [...(input.formToSelf ? ["'self'"] : []), ...input.formAction.map(formActionSource)];
  const frames = (input.frames ?? []).map(formActionSource);
  return [
    "default-src 'none'",
    "style-src 'self'",
    `img-src ${[...new Set(["'self'", ...input.images])].join(' ')}`,
    ...(input.script === undefined ? [] : [`script-src ${sourceOf(input.script)}`]),
    ...(frames.length > 0 ? [`frame-src ${[...new Set(frames)].join(' ')}`] : []),
    `form-action ${[...new Set(formAction)].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/**
 * The CSP source that lets a form or a frame reach the URI: its origin, or its scheme where no origin can be written.
 * A bare scheme (`https:`) stands for itself.
 * @throws TypeError when it is neither an absolute URI nor a scheme
 */
export function formActionSource(uri: string): string {
  if (BARE_SCHEME.test(uri)) return uri;
  const { origin, protocol } = new URL(uri);
  return EXPRESSIBLE_ORIGIN.test(origin) ? origin : protocol;
}

/** What every answer of this folder carries, cacheable or not. */
export function baselineHeaders(secure: boolean): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    ...(secure && { 'Strict-Transport-Security': 'max-age=63072000' }),
  };
}
