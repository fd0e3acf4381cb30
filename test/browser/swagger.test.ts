import type { Browser, Page } from 'playwright-core';
import { launchChromium, signIn } from '../support/chromium.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';

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
    expect(await callMe(page)).toBe(401);

    await authorize(page);

    expect(await callMe(page)).toBe(200);
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

/** The popup that the button opens is the real sign-in. */
async function authorize(page: Page): Promise<void> {
  await page.click('.scheme-container button.authorize');
  const flow = page.locator('.auth-container').filter({ hasText: 'authorizationCode' });
  for (const scope of ['openid', 'user_info']) {
    const box = flow.locator(`input[type=checkbox][id^="${scope}-"]`);
    if (!(await box.isChecked())) await flow.locator(`label[for^="${scope}-"]`).first().click();
  }
  const popupOpens = page.waitForEvent('popup');
  await flow
    .getByRole('button', { name: 'Apply given OAuth2 credentials' })
    .or(flow.locator('button.authorize'))
    .first()
    .click();
  const popup = await popupOpens;
  await signIn(popup, 'alice', 'demo');
  const closed = popup.waitForEvent('close');
  await popup.click('#consent-allow');
  await closed;
  await page.click('.btn-done');
}

/** The status that "Try it out" shows. */
async function callMe(page: Page): Promise<number> {
  const operation = page.locator('.opblock').filter({ hasText: '/api/me' });
  if (!(await operation.locator('.execute').isVisible())) {
    await operation.locator('.opblock-summary').click();
    await operation.locator('.try-out__btn').click();
  }
  const answer = page.waitForResponse(`**/api/me`);
  await operation.locator('.execute').click();
  await operation.locator('.live-responses-table .response-col_status').first().waitFor();
  return (await answer).status();
}

interface OpenApiDocument {
  readonly components: { readonly schemas: Record<string, { readonly properties: object }> };
}
