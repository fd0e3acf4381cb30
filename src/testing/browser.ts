import { encoded, send } from './http.js';
import type { HttpAnswer, HttpRequest, Parameters } from './http.js';
import { originFor } from './server-under-test.js';
import type { ServerUnderTest } from './server-under-test.js';
import type { UserCredentials } from './test-client.js';

const MAXIMUM_REDIRECTS = 10;

/**
 * A browser without scripts: keeps cookies, fills in forms, follows a redirect when it is told to. An address that
 * begins with a slash is at the host of the issuer.
 */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every Set-Cookie header that came, as it came. */
  readonly setCookies: string[] = [];

  constructor(private readonly server: ServerUnderTest) {}

  async get(url: string, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
    return this.send(url, { headers });
  }

  /** As a form of one of the server's own pages would. */
  async post(
    url: string,
    form: HttpRequest['body'],
    headers: HttpRequest['headers'] = {},
  ): Promise<HttpAnswer> {
    return this.send(url, {
      method: 'POST',
      body: form,
      headers: { 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  /** Gets a page, following redirects until one leaves the server: that one is the answer. */
  async open(url: string): Promise<HttpAnswer> {
    return this.follow(await this.get(url));
  }

  /** Sends the form of a page, hidden fields included, and follows. */
  async submit(page: HttpAnswer, fields: Parameters): Promise<HttpAnswer> {
    const { action, hidden } = formOf(page);
    return this.follow(await this.post(action, { ...hidden, ...fields }));
  }

  async follow(answer: HttpAnswer): Promise<HttpAnswer> {
    let current = answer;
    for (let count = 0; count < MAXIMUM_REDIRECTS; count++) {
      const { location } = current;
      if (!location || location.origin !== new URL(this.server.issuer).origin) return current;
      current = await this.get(location.href);
    }
    throw new Error(`more than ${MAXIMUM_REDIRECTS} redirects from ${answer.url}`);
  }

  /** Signs in at the sign-in page that is shown, or at a fresh one. */
  async signIn(user: UserCredentials, page?: HttpAnswer): Promise<HttpAnswer> {
    const { username, password } = user;
    if (page) return this.submit(page, { username, password });
    const { action, hidden } = formOf(await this.get(`${this.server.issuer}/login`));
    return this.post(action, { ...hidden, username, password });
  }

  /** Keeps cookies as if an answer had brought them. */
  take(setCookies: readonly string[]): void {
    for (const header of setCookies) this.keep(header);
  }

  private async send(url: string, request: HttpRequest): Promise<HttpAnswer> {
    const absolute = url.startsWith('/') ? new URL(this.server.issuer).origin + url : url;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', cookie: cookie || undefined, ...request.headers };
    const answer = await send(absolute, { ...request, headers }, originFor(absolute, this.server));
    this.take(answer.headers['set-cookie'] ?? []);
    return answer;
  }

  private keep(header: string): void {
    this.setCookies.push(header);
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(header)!;
    if (/expires=thu, 01 jan 1970/i.test(header)) this.cookies.delete(name!);
    else this.cookies.set(name!, value!);
  }
}

/** The first form of a page that is about something: where it goes, and what it carries unseen. */
export function formOf(page: HttpAnswer, index = 0): { action: string; hidden: Record<string, string> } {
  const form = [...page.body.matchAll(/<form [^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)][index];
  if (!form) throw new Error(`there is no form at ${page.url}: ${page.status} ${summaryOf(page)}`);
  const inputs = [...form[2]!.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const hidden = Object.fromEntries(inputs.map(([, name, value]) => [unescaped(name!), unescaped(value!)]));
  return { action: new URL(unescaped(form[1]!), page.url).href, hidden };
}

/** Whether the page holds an element with this id. */
export const shows = (page: HttpAnswer, id: string): boolean => page.body.includes(` id="${id}"`);

/** The text of the element with this id. */
export function textOf(page: HttpAnswer, id: string): string | undefined {
  const text = new RegExp(` id="${id}"[^>]*>(.*?)</`, 's').exec(page.body)?.[1];
  return text === undefined ? undefined : unescaped(text.replace(/<[^>]*>/g, ''));
}

/** What the page says, for the message of a failed test. */
export const summaryOf = (page: HttpAnswer): string =>
  unescaped((/<main.*?<\/main>/s.exec(page.body)?.[0] ?? page.body).replace(/<[^>]*>|\s+/g, ' ')).slice(
    0,
    500,
  );

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

const unescaped = (html: string): string =>
  html.replace(/&(?:#x([0-9a-f]+)|(\w+));/gi, (entity, hex: string | undefined, name: string) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : (ENTITIES[name] ?? entity),
  );

/** A query on the authorization endpoint of that server. */
export const authorizationUrl = (server: ServerUnderTest, parameters: Parameters): string =>
  `${server.issuer}/oauth/authorize?${encoded(parameters)}`;
