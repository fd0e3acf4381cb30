import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { authorize, call } from './swagger-page.js';

describe('Swagger UI', () => {
  let server: ChildServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startChildServer({ env: { GATEHOUSE_DEMO_ENABLED: 'true' } });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('signs in with its Authorize button, by code and PKCE, and then calls /api/me', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.issuer}/docs`);
    expect(await call(page, '/api/me')).toBe(401);

    await authorize(page, ['openid', 'user_info'], { username: 'alice', password: 'demo' });

    expect(await call(page, '/api/me')).toBe(200);
    expect(
      await page.textContent('.opblock-tag-section:has-text("Sample API") .live-responses-table'),
    ).toContain('alice@example.com');
  });

  it('serves an OpenAPI document that describes every parameter of the token endpoint', async () => {
    const document = (await (await fetch(`${server.issuer}/docs/openapi.json`)).json()) as OpenApiDocument;
    const fields = (name: string): string[] => Object.keys(document.components.schemas[name]!.properties);
    expect(fields('TokenRequestDto')).toEqual(
      expect.arrayContaining([
        'grant_type',
        'code',
        'redirect_uri',
        'code_verifier',
        'refresh_token',
        'scope',
      ]),
    );
    expect(fields('IntrospectionResponseDto')).toEqual(
      expect.arrayContaining([
        'active',
        'scope',
        'client_id',
        'username',
        'token_type',
        'exp',
        'iat',
        'sub',
        'aud',
        'iss',
      ]),
    );
  });
});

interface OpenApiDocument {
  readonly components: { readonly schemas: Record<string, { readonly properties: object }> };
}
