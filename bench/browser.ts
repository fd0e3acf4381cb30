import { Connection } from './connection.js';
import type { Answer } from './connection.js';
import { get, post } from './requests.js';

export const REDIRECT_URI = 'http://127.0.0.1:1/callback';

/** What a browser does: keeps cookies, follows redirects within the server, fills forms in. */
export class Browser {
  private readonly jar = new Map<string, string>();

  private constructor(
    private readonly connection: Connection,
    private readonly issuer: string,
  ) {}

  /** Signs alice in and consents, through the pages; the cookies make every later request go straight through. */
  static async signedIn(port: number, authorizePath: string): Promise<string> {
    const connection = await Connection.open(port);
    const browser = new Browser(connection, `http://127.0.0.1:${port}`);
    await browser.walk(authorizePath);
    connection.close();
    return browser.cookies;
  }

  private async walk(path: string): Promise<void> {
    let answer = await this.visit(path);
    answer = await this.submit('/login', answer, { username: 'alice', password: 'alice-password' });
    answer = await this.submit('/consent', answer, { decision: 'allow' });
    if (!locationOf(answer)?.startsWith(REDIRECT_URI)) throw new Error(`no code:\n${answer.head}`);
  }

  private async submit(path: string, page: Answer, fields: Record<string, string>): Promise<Answer> {
    const form = { csrf: hidden(page, 'csrf'), interaction: hidden(page, 'interaction'), ...fields };
    const headers = { Cookie: this.cookies, Origin: this.issuer };
    return this.follow(await this.connection.send(post(path, form, headers)));
  }

  private async visit(path: string): Promise<Answer> {
    return this.follow(await this.connection.send(get(path, { Cookie: this.cookies })));
  }

  private async follow(answer: Answer): Promise<Answer> {
    for (const [, name, value] of answer.head.matchAll(/\r\nSet-Cookie: ([^=]+)=([^;\r]*)/gi)) {
      this.jar.set(name!, value!);
    }
    const location = locationOf(answer);
    return location?.startsWith(this.issuer) ? this.visit(location.slice(this.issuer.length)) : answer;
  }

  private get cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

export const locationOf = ({ head }: Answer): string | undefined => /\r\nLocation: ([^\r]+)/i.exec(head)?.[1];

function hidden(page: Answer, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1];
  if (value === undefined) throw new Error(`the page has no field ${name}:\n${page.head}`);
  return value;
}
