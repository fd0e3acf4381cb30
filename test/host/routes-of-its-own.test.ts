import { Controller, Get, Module, Post } from '@nestjs/common';
import { aRelyingParty, shows } from '../support/index.js';
import { completeFlow } from './complete-flow.js';
import { CARLA, aShop, startShop } from './shop/start-shop.js';

/** What a shop has at its own addresses. */
@Controller()
class ShopFront {
  @Get([
    '',
    'health',
    'health/live',
    'health/ready',
    'metrics',
    'docs',
    'favicon.ico',
    'api',
    'api/orders',
    'admin/orders',
  ])
  page(): object {
    return { shop: true };
  }
}

/** And where Gatehouse has something, too. */
@Controller()
class ShopAccounts {
  @Get(['login', 'account', 'admin', 'api/users'])
  page(): object {
    return { shop: true };
  }

  @Post('login')
  signIn(): object {
    return { shop: true };
  }
}

@Module({ controllers: [ShopAccounts] })
class AccountsModule {}

const isShops = async (answer: Promise<{ body: string }>) => (await answer).body === '{"shop":true}';

describe('Gatehouse without a prefix takes no address that a host has for itself anyway', () => {
  const shop = aShop({ root: { controllers: [ShopFront] } });

  it('with which the complete flow passes', () => completeFlow(shop()));

  it.each([
    '/',
    '/health',
    '/health/live',
    '/health/ready',
    '/metrics',
    '/docs',
    '/favicon.ico',
    '/api',
    '/api/orders',
    '/admin/orders',
  ])('%s is the host’s', async (path) => expect(await isShops(shop().get(path))).toBe(true));

  it('and where the host has nothing there, neither has Gatehouse', async () => {
    const bare = await startShop();
    for (const path of [
      '/',
      '/health',
      '/health/live',
      '/health/ready',
      '/metrics',
      '/docs',
      '/favicon.ico',
      '/api',
    ])
      expect([path, (await bare.get(path)).status]).toEqual([path, 404]);
    await bare.close();
  });
});

describe('Where both have a route, Nest’s own order decides', () => {
  it('so the host’s wins in its root module and in a module that is imported before', async () => {
    for (const root of [{ controllers: [ShopAccounts] }, { imports: [AccountsModule] }]) {
      const shop = await startShop({ root });
      for (const path of ['/login', '/account', '/admin', '/api/users'])
        expect([path, await isShops(shop.get(path))]).toEqual([path, true]);
      await shop.close();
    }
  });

  it('and a prefix gives both what they need', async () => {
    const shop = await startShop({
      path: '/auth',
      gatehouse: { prefix: 'auth' },
      root: { controllers: [ShopFront, ShopAccounts] },
    });
    await completeFlow(shop);
    for (const path of ['/', '/login', '/account', '/admin', '/api/users', '/health/live'])
      expect([path, await isShops(shop.get(path))]).toEqual([path, true]);
    expect(await isShops(shop.send('/login', { method: 'POST' }))).toBe(true);
    const rp = await aRelyingParty(shop.gatehouse);
    expect(shows(await rp.authorize(), 'login-submit')).toBe(true);
    expect((await rp.code({}, CARLA)).length).toBeGreaterThan(20);
    await shop.close();
  });

  it('and without one, Nest finds no route of the host’s twice', async () => {
    const create = { routeConflictPolicy: { duplicate: 'error' } } as const;
    await (await startShop({ root: { controllers: [ShopFront] }, create })).close();
  });

  it('and Nest tells of every such pair, where the host asks it to', async () => {
    const start = startShop({
      root: { controllers: [ShopAccounts] },
      create: { routeConflictPolicy: { duplicate: 'error' } },
    });
    await expect(start).rejects.toThrow(/ShopAccounts.*LoginController|LoginController.*ShopAccounts/s);
  });
});
