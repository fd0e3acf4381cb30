import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Terminal } from '../examples/terminal.js';
import { freePort } from '../support/child-server.js';
import { launchChromium } from '../support/chromium.js';
import { authorize, call } from './swagger-page.js';

const CARLA = { username: 'carla@example.com', password: 'tea for two' };

/** The shop of examples/embed: its own page of documentation, its own customers. */
describe('Swagger UI of an application that Gatehouse is put into', () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-swagger-'));
  let shop: Terminal;
  let address: string;
  let browser: Browser;

  beforeAll(async () => {
    const port = await freePort();
    address = `http://localhost:${port}`;
    const env = { PORT: String(port), SHOP_DATA_DIR: directory, DATABASE_URL: undefined };
    shop = new Terminal(process.execPath, ['dist-examples/embed/main.js'], { env });
    await shop.until(/^The shop at/m);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await shop?.end();
    rmSync(directory, { recursive: true, force: true });
  });

  it('signs a customer of the shop in, by code and PKCE, and then calls the API of the shop', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}/docs`);
    expect(await call(page, '/orders')).toBe(401);

    await authorize(page, ['openid', 'orders'], CARLA);

    expect(await call(page, '/orders')).toBe(200);
    expect(await page.textContent('.live-responses-table')).toContain('C-1001');
  });
});
