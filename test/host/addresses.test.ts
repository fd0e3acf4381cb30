import { Browser, shows } from '../support/index.js';
import { completeFlow } from './complete-flow.js';
import { CARLA, aShop, startShop } from './shop/start-shop.js';
import type { Shop, ShopOptions } from './shop/start-shop.js';

/** RFC 8414 §3.1 puts the well-known part between host and path, OpenID Connect Discovery §4 behind the path. */
async function expectDiscovery(shop: Shop, path: string): Promise<void> {
  for (const address of [
    `${path}/.well-known/openid-configuration`,
    `${path}/.well-known/oauth-authorization-server`,
    `/.well-known/oauth-authorization-server${path}`,
    `/.well-known/openid-configuration${path}`,
  ]) {
    const { status, json } = await shop.get(address);
    expect([address, status, json.issuer]).toEqual([address, 200, shop.gatehouse.issuer]);
  }
}

const placed: { where: string; path: string; options: ShopOptions; invoices: string }[] = [
  {
    where: 'below a prefix of its own',
    path: '/auth',
    options: { gatehouse: { prefix: 'auth' } },
    invoices: '/invoices',
  },
  {
    where: 'below a prefix of two parts, written with slashes',
    path: '/company/sign-in',
    options: { gatehouse: { prefix: '/company/sign-in/' } },
    invoices: '/invoices',
  },
  {
    where: 'below the global prefix of the host',
    path: '/api',
    options: { main: (app) => void app.setGlobalPrefix('api') },
    invoices: '/api/invoices',
  },
  {
    where: 'below the global prefix of the host and one of its own',
    path: '/api/auth',
    options: { gatehouse: { prefix: 'auth' }, main: (app) => void app.setGlobalPrefix('api') },
    invoices: '/api/invoices',
  },
  {
    where: 'beside the global prefix, where the host leaves it out',
    path: '/auth',
    options: {
      gatehouse: { prefix: 'auth' },
      main: (app) => {
        app.setGlobalPrefix('api', { exclude: ['auth/{*path}'] });
      },
    },
    invoices: '/api/invoices',
  },
];

describe.each(placed)('Gatehouse $where', ({ path, options, invoices }) => {
  const shop = aShop({ ...options, path });

  it('passes the complete flow', () => completeFlow(shop(), { path: invoices }));

  it('is discovered in every way that there is', () => expectDiscovery(shop(), path));

  it('has its cookies, forms and redirects there', async () => {
    const { issuer } = shop().gatehouse;
    const browser = new Browser(shop().gatehouse);
    const asked = await browser.get(`${issuer}/account`);
    expect(asked.location?.href).toBe(`${issuer}/login?return_to=%2Faccount`);
    const account = await browser.signIn(CARLA, await browser.follow(asked));
    expect([account.url, shows(account, 'sign-out')]).toEqual([`${issuer}/account`, true]);
    expect(browser.setCookies.every((cookie) => / Path=\/;/.test(cookie))).toBe(true);
    const links = [...account.body.matchAll(/(?:href|action|src)="(\/[^"]*)"/g)].map(([, link]) => link!);
    expect(links.filter((link) => !link.startsWith(`${path}/`))).toEqual([]);
  });

  it('is nowhere else', async () => {
    for (const elsewhere of ['/oauth/token', '/login', '/assets/gatehouse.css']) {
      expect([elsewhere, (await shop().get(elsewhere)).status]).toEqual([elsewhere, 404]);
    }
  });

  it('refuses other methods and repeated parameters there, too', async () => {
    const { gatehouse } = shop();
    expect((await gatehouse.send('/oauth/token')).status).toBe(405);
    const repeated = { method: 'POST', body: 'grant_type=a&grant_type=b' };
    expect((await gatehouse.send('/oauth/token', repeated)).json.error).toBe('invalid_request');
  });
});

it('A home page and signs of life are there only below a prefix of its own', async () => {
  const shop = await startShop({ path: '/auth', gatehouse: { prefix: 'auth' } });
  const statuses = async (...paths: string[]) =>
    Promise.all(paths.map(async (path) => (await shop.get(path)).status));
  expect(await statuses('/auth', '/auth/health/ready', '/auth/metrics', '/auth/favicon.ico')).toEqual([
    200, 200, 200, 200,
  ]);
  expect(await statuses('/', '/health/ready', '/metrics', '/favicon.ico')).toEqual([404, 404, 404, 404]);
  await shop.close();
});

describe('An issuer that does not lead to the routes is refused', () => {
  it.each<{ because: string; options: ShopOptions; must: string }>([
    { because: 'the prefix is missing', options: { gatehouse: { prefix: 'auth' } }, must: '/auth' },
    {
      because: 'it ends with something like the prefix',
      options: { path: '/reauth', gatehouse: { prefix: 'auth' } },
      must: '/auth',
    },
    {
      because: 'the global prefix is missing',
      options: { main: (app) => void app.setGlobalPrefix('api') },
      must: '/api',
    },
    {
      because: 'the global prefix stands before its own',
      options: {
        path: '/auth',
        gatehouse: { prefix: 'auth' },
        main: (app) => void app.setGlobalPrefix('api'),
      },
      must: '/api/auth',
    },
  ])('because $because', async ({ options, must }) => {
    await expect(startShop(options)).rejects.toThrow(`issuer: must end with ${must}, where its routes are`);
  });
});
