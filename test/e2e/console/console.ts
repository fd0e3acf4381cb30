import { Browser, aUser, formOf } from '../../support/index.js';
import type { HttpAnswer, TestServer, TestUser } from '../../support/index.js';
import { formEncoded } from '../portal/portal.js';
import type { Fields } from '../portal/portal.js';

/** A person who is signed in and uses the administration console. */
export class Visitor {
  private constructor(
    readonly user: TestUser,
    readonly browser: Browser,
  ) {}

  static async signIn(server: TestServer, ...roles: string[]): Promise<Visitor> {
    const user = await aUser()
      .roles(...roles)
      .register(server);
    const visitor = new Visitor(user, new Browser(server));
    await visitor.browser.signIn(user);
    return visitor;
  }

  get(path: string): Promise<HttpAnswer> {
    return this.browser.get(path);
  }

  /** Posts with the CSRF token of this person's pages, without having seen the form. */
  async post(path: string, fields: Fields = {}): Promise<HttpAnswer> {
    const { hidden } = formOf(await this.get('/account'));
    return this.browser.post(path, formEncoded({ csrf: hidden['csrf']!, ...fields }));
  }

  /** Fills in the form of a page, as a browser sends it, and follows. */
  async submit(page: HttpAnswer, fields: Fields = {}): Promise<HttpAnswer> {
    const { action, values } = postOf(page);
    const answer = await this.browser.post(action, formEncoded({ ...values, ...fields }));
    return answer.status === 303 ? this.browser.follow(answer) : answer;
  }
}

/** The form of the page that changes something, and everything that it holds. */
export function postOf(page: HttpAnswer): { action: string; values: Record<string, string | string[]> } {
  const forms = [...page.body.matchAll(/<form [^>]*method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/gs)];
  const form = forms.find(([, action]) => !action!.endsWith('/account/sign-out'));
  if (!form) throw new Error(`there is no form at ${page.url}: ${page.status}`);
  const values: Record<string, string | string[]> = {};
  const add = (name: string, value: string) => {
    const earlier = values[name];
    values[name] = earlier === undefined ? value : [earlier, value].flat();
  };
  for (const [input] of form[2]!.matchAll(/<input [^>]*>/g)) {
    if (/type="checkbox"/.test(input) && !/ checked/.test(input)) continue;
    add(attribute(input, 'name'), attribute(input, 'value'));
  }
  for (const [, name, value] of form[2]!.matchAll(
    /<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)<\/textarea>/gs,
  ))
    add(name!, plain(value!));
  for (const [, name, options] of form[2]!.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)) {
    const chosen =
      /<option value="([^"]*)" selected>/.exec(options!) ?? /<option value="([^"]*)">/.exec(options!);
    add(name!, plain(chosen![1]!));
  }
  return { action: new URL(plain(form[1]!), page.url).href, values };
}

const attribute = (tag: string, name: string): string =>
  plain(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

export const plain = (html: string): string =>
  html.replace(/&(?:#x([0-9a-f]+)|(\w+));/gi, (entity, hex: string | undefined, name: string) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : (ENTITIES[name] ?? entity),
  );
