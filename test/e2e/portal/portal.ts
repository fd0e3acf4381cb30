import { Browser, aUser, formOf, textOf } from '../../support/index.js';
import type { HttpAnswer, TestClient, TestServer, TestUser } from '../../support/index.js';

/** A field of the application form; an array is posted once for each of its values. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** What a developer types for a server-side web application. */
export const WEB: Fields = {
  client_name: 'Timesheets',
  application_type: 'web',
  confidential: 'true',
  redirect_uris: 'https://rp.test/cb',
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  scope: ['openid', 'profile', 'read'],
  access_token_format: 'opaque',
};

/** A person who is signed in and uses the portal and the account page. */
export class Developer {
  private constructor(
    readonly server: TestServer,
    readonly user: TestUser,
    readonly browser: Browser,
  ) {}

  static async signIn(server: TestServer): Promise<Developer> {
    const user = await aUser().with({ name: 'Dana Developer' }).register(server);
    const developer = new Developer(server, user, new Browser(server));
    await developer.browser.signIn(user);
    return developer;
  }

  get(path: string): Promise<HttpAnswer> {
    return this.browser.get(path);
  }

  /** Posts with the CSRF token of this person's pages. */
  async post(path: string, fields: Fields = {}): Promise<HttpAnswer> {
    const { hidden } = formOf(await this.get('/account'));
    return this.browser.post(path, formEncoded({ csrf: hidden['csrf']!, ...fields }));
  }

  /** Registers an application, and tells what it authenticates with. */
  async register(fields: Fields = {}): Promise<TestClient> {
    const answer = await this.post('/applications', { ...WEB, ...fields });
    if (answer.status !== 201) throw new Error(`not registered: ${answer.status} ${answer.body}`);
    return {
      id: textOf(answer, 'client-id')!,
      secret: textOf(answer, 'new-secret'),
      authenticationMethod: 'client_secret_basic',
      redirectUri: 'https://rp.test/cb',
    };
  }
}

export function formEncoded(fields: Fields): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
}
