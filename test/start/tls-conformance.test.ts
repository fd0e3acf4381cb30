import { createServer } from 'node:https';
import type { Server } from 'node:https';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { signIn } from '../support/chromium.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { aCertificate, aDirectory } from './certificates.js';

const CALLBACK = 'https://suite.test:8443/test/a/gatehouse/callback';

/** The command of docs/conformance.md, a real browser, and somebody at the address of the suite. */
describe('The built server, set up for the certification plans', () => {
  let server: ChildServer;
  let suite: Server;
  let browser: Browser;
  let page: Page;
  /** What came to the suite, the latest last. */
  const received: { method: string; url: string; body: string }[] = [];

  beforeAll(async () => {
    const { cert, key } = aCertificate(aDirectory());
    server = await startChildServer({
      env: {
        GATEHOUSE_CONFIG: 'test/conformance/gatehouse.yaml',
        GATEHOUSE_TLS_CERT: cert,
        GATEHOUSE_TLS_KEY: key,
      },
    });
    suite = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.push({ method: request.method!, url: request.url!, body });
        response.end('<p id="submission_complete">received</p>');
      });
    });
    await new Promise<void>((resolve) => suite.listen(0, '127.0.0.1', resolve));
    const { port } = suite.address() as AddressInfo;
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', `--host-resolver-rules=MAP suite.test:8443 127.0.0.1:${port}`],
    });
    page = await browser.newPage({ ignoreHTTPSErrors: true });
  });

  afterAll(async () => {
    await browser?.close();
    suite?.close();
    await server?.stop();
  });

  const authorizationUrl = (parameters: Record<string, string>): string => {
    const usual = {
      client_id: 'conf-basic',
      redirect_uri: CALLBACK,
      scope: 'openid',
      state: 's',
      nonce: 'n',
    };
    const query = new URLSearchParams({ ...usual, ...parameters });
    return `${server.issuer}/oauth/authorize?${query.toString()}`;
  };

  it('has the issuer of its certificate, and every address below it', async () => {
    const answer = await page.request.get(`${server.issuer}/.well-known/openid-configuration`);
    const metadata = (await answer.json()) as Record<string, unknown>;
    expect(metadata['issuer']).toBe(server.issuer);
    expect(metadata['registration_endpoint']).toBe(`${server.issuer}/oauth/register`);
    expect(JSON.stringify(metadata)).not.toContain('"http:');
  });

  it('signs the person of the file in, and asks once', async () => {
    await page.goto(authorizationUrl({ response_type: 'code' }));
    await signIn(page, 'conformance', 'correct-horse-battery');
    await page.click('#consent-allow');
    await page.waitForSelector('#submission_complete');
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toMatchObject({ state: 's', iss: server.issuer });
    const secret = Buffer.from('conf-basic:conf-basic-secret-0123456789abcdef').toString('base64');
    const form = {
      grant_type: 'authorization_code',
      code: searchParams.get('code')!,
      redirect_uri: CALLBACK,
    };
    const headers = { authorization: `Basic ${secret}` };
    const tokens = await page.request.post(`${server.issuer}/oauth/token`, { form, headers });
    expect(tokens.status()).toBe(200);
  });

  it('posts the answer itself where form_post was asked for', async () => {
    received.length = 0;
    await page.goto(authorizationUrl({ response_type: 'code id_token', response_mode: 'form_post' }));
    await page.waitForSelector('#submission_complete');
    expect(received[0]).toMatchObject({ method: 'POST', url: new URL(CALLBACK).pathname });
    const parameters = Object.fromEntries(new URLSearchParams(received[0]!.body));
    expect(parameters).toMatchObject({ code: expect.any(String), id_token: expect.any(String), state: 's' });
  });
});
