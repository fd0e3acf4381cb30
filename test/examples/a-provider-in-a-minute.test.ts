import { createHash, randomBytes } from 'node:crypto';
import { Browser, formOf, textOf } from '../../src/testing/browser.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { Guide } from './guide.js';

const PAGE = 'docs/a-provider-in-a-minute.md';
const POSTMAN = 'https://oauth.pstmn.io/v1/callback';
const SCOPE = 'openid offline_access user_info';

describe(PAGE, () => {
  let server: ChildServer;

  beforeAll(async () => {
    server = await startChildServer({ env: { DATABASE_URL: undefined } });
  });

  afterAll(() => server.stop());

  it('has commands that do what it says', async () => {
    const guide = new Guide(PAGE, { addresses: { 'http://localhost:3000': server.issuer } });
    const outputs = await guide.follow(0, Infinity).finally(() => guide.close());
    expect(outputs.at(-1)).toMatch(/^HTTP\/1.1 401/);
  });

  it('registers an application in the browser, with which Postman gets and refreshes tokens', async () => {
    const browser = new Browser({ issuer: server.issuer, url: server.issuer });
    const { id, secret } = await register(browser);
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: id,
      redirect_uri: POSTMAN,
      scope: SCOPE,
      state: 'anything',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const consent = await browser.open(`/oauth/authorize?${query.toString()}`);
    const { location } = await browser.submit(consent, { decision: 'allow' });
    const code = location!.searchParams.get('code')!;

    const token = async (form: Record<string, string>): Promise<Tokens> => {
      const authorization = `Basic ${btoa(`${id}:${secret}`)}`;
      const body = new URLSearchParams(form);
      const answer = await fetch(`${server.issuer}/oauth/token`, {
        method: 'POST',
        headers: { authorization },
        body,
      });
      expect(answer.status).toBe(200);
      return (await answer.json()) as Tokens;
    };
    const first = await token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: POSTMAN,
      code_verifier: verifier,
    });
    const second = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    const me = await fetch(`${server.issuer}/api/me`, {
      headers: { authorization: `Bearer ${second.access_token}` },
    });
    expect(await me.json()).toMatchObject({ username: 'alice' });
  });

  /** What the table of the page says, as alice. */
  async function register(browser: Browser): Promise<{ id: string; secret: string }> {
    await browser.signIn({ username: 'alice', password: 'demo' });
    const { action, hidden } = formOf(await browser.open('/applications/new'), 1);
    const form = new URLSearchParams({
      ...hidden,
      client_name: 'Postman',
      application_type: 'web',
      confidential: 'true',
      redirect_uris: POSTMAN,
      access_token_format: 'opaque',
    });
    for (const grantType of ['authorization_code', 'refresh_token']) form.append('grant_types', grantType);
    for (const scope of SCOPE.split(' ')) form.append('scope', scope);
    const page = await browser.follow(await browser.post(action, form.toString()));
    return { id: textOf(page, 'client-id')!, secret: textOf(page, 'new-secret')! };
  }
});

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}
