import { formOf } from '../../src/testing/browser.js';
import { HttpAnswer, send } from '../../src/testing/http.js';
import type { HttpRequest, Parameters } from '../../src/testing/http.js';
import { encoded } from '../../src/testing/http.js';

const MAXIMUM_REDIRECTS = 10;

interface Cookie {
  readonly value: string;
  readonly sameSite: string;
}

/** Where a request comes from, as a browser would say it. */
type Site = 'cross-site' | 'same-origin';

/**
 * A browser that comes from another site, as everybody does who signs in: it keeps back cookies that may not cross,
 * and it takes none that is not safe. The server answers it through a proxy that has ended TLS.
 */
export class UserAgent {
  private readonly cookies = new Map<string, Cookie>();

  constructor(private readonly server: { readonly issuer: string; readonly url: string }) {}

  /** Follows a link of another site, or posts its form, up to the first page or the way back. */
  arrive(url: string, form?: Parameters): Promise<HttpAnswer> {
    return this.follow(form ? { method: 'POST', body: form } : {}, url, 'cross-site');
  }

  /** Sends the first form of a page of the server. */
  submit(page: HttpAnswer, fields: Parameters): Promise<HttpAnswer> {
    const { action, hidden } = formOf(page);
    return this.follow({ method: 'POST', body: { ...hidden, ...fields } }, action, 'same-origin');
  }

  private async follow(request: HttpRequest, url: string, site: Site): Promise<HttpAnswer> {
    let answer = await this.send(url, request, site);
    for (let count = 0; count < MAXIMUM_REDIRECTS; count++) {
      const { location } = answer;
      if (!location || location.origin !== this.server.issuer) return answer;
      answer = await this.send(location.href, {}, site);
    }
    throw new Error(`more than ${MAXIMUM_REDIRECTS} redirects from ${url}`);
  }

  private async send(url: string, request: HttpRequest, site: Site): Promise<HttpAnswer> {
    const { issuer } = this.server;
    if (!url.startsWith(`${issuer}/`)) throw new Error(`${url} is not at ${issuer}`);
    const headers = {
      accept: 'text/html',
      'x-forwarded-proto': 'https',
      'sec-fetch-site': site,
      cookie: this.cookieFor(site, request.method) || undefined,
    };
    const answer = await send(this.server.url + url.slice(issuer.length), { ...request, headers });
    for (const header of answer.headers['set-cookie'] ?? []) this.keep(header);
    return new HttpAnswer(url, answer.status, answer.headers, answer.body);
  }

  /** RFC 6265bis §5.8.3: a form of another site brings no cookie that is Lax. */
  private cookieFor(site: Site, method = 'GET'): string {
    const isUnsafe = site === 'cross-site' && method !== 'GET';
    return [...this.cookies]
      .filter(([, { sameSite }]) => site === 'same-origin' || sameSite === (isUnsafe ? 'none' : sameSite))
      .filter(([, { sameSite }]) => site === 'same-origin' || sameSite !== 'strict')
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  private keep(header: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(header)!;
    if (!/;\s*secure/i.test(header)) throw new Error(`a cookie may travel in clear text: ${name}`);
    const sameSite = /;\s*samesite=(\w+)/i.exec(header)?.[1]?.toLowerCase() ?? 'lax';
    if (/expires=thu, 01 jan 1970/i.test(header)) this.cookies.delete(name!);
    else this.cookies.set(name!, { value: value!, sameSite });
  }
}

/** How the server has sent a browser back. */
export interface Callback {
  readonly mode: 'query' | 'fragment' | 'form_post';
  readonly redirectUri: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The way back that an answer is, by redirect or by a form that posts itself; null for any other page. */
export function callbackOf(answer: HttpAnswer, redirectUri: string): Callback | null {
  if (answer.location) return redirected(answer.location, redirectUri);
  if (answer.status !== 200 || !answer.body.includes('id="form-post-submit"')) return null;
  const { action, hidden } = formOf(answer);
  return { mode: 'form_post', redirectUri: action, parameters: hidden };
}

/** A query that the redirect URI itself has belongs to it, and to no answer. */
function redirected({ href }: URL, redirectUri: string): Callback {
  if (!href.startsWith(redirectUri)) throw new Error(`sent to ${href}, not to ${redirectUri}`);
  const rest = href.slice(redirectUri.length);
  const mode = rest.startsWith('#') ? 'fragment' : 'query';
  const pairs = [...new URLSearchParams(rest.slice(1))];
  const parameters = Object.fromEntries(pairs);
  if (pairs.length !== Object.keys(parameters).length) throw new Error(`a parameter came twice: ${rest}`);
  return { mode, redirectUri, parameters };
}

/** The address of a request to the authorization endpoint. */
export const authorizationAddress = (endpoint: string, parameters: Parameters): string =>
  `${endpoint}?${encoded(parameters)}`;
