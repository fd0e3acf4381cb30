import { Inject, Injectable, Scope } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { APP_GUARD, REQUEST } from '@nestjs/core';
import type { Request } from 'express';
import { completeFlow } from './complete-flow.js';
import { CustomersService } from './shop/customers.service.js';
import { aShop } from './shop/start-shop.js';
import type { ShopOptions } from './shop/start-shop.js';

const KEY = { 'x-shop-key': 'open sesame' };

/** The shop lets nobody in without its key, and neither OAuth clients nor browsers that sign in have one. */
@Injectable()
class ShopKeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<Request>().headers['x-shop-key'] === 'open sesame';
  }
}

@Injectable({ scope: Scope.REQUEST })
class RequestScopedGuard implements CanActivate {
  constructor(
    @Inject(REQUEST) private readonly request: Request,
    // As such a guard commonly does: it looks something up.
    private readonly customers: CustomersService,
  ) {}

  async canActivate(): Promise<boolean> {
    await this.customers.find('nobody');
    return this.request.headers['x-shop-key'] === 'open sesame';
  }
}

const ways: { by: string; options: ShopOptions }[] = [
  { by: 'useGlobalGuards', options: { main: (app) => void app.useGlobalGuards(new ShopKeyGuard()) } },
  { by: 'APP_GUARD', options: { root: { providers: [{ provide: APP_GUARD, useClass: ShopKeyGuard }] } } },
  {
    by: 'APP_GUARD with useExisting',
    options: { root: { providers: [ShopKeyGuard, { provide: APP_GUARD, useExisting: ShopKeyGuard }] } },
  },
  {
    by: 'a request-scoped APP_GUARD',
    options: { root: { providers: [{ provide: APP_GUARD, useClass: RequestScopedGuard }] } },
  },
];

describe.each(ways)('The host keeps its global guards, by $by', ({ options }) => {
  const shop = aShop(options);

  it('which guard its routes and nobody else’s: the complete flow passes without their key', () =>
    completeFlow(shop(), { headers: KEY }));

  it('which guard its routes as before', async () => {
    expect((await shop().get('/orders')).json).toMatchObject({
      statusCode: 403,
      message: 'Forbidden resource',
    });
    expect((await shop().get('/orders', KEY)).json).toEqual({ orders: [] });
  });

  it('beside RequireScopes: a route of its own wants both', async () => {
    expect((await shop().get('/invoices')).json).toMatchObject({ statusCode: 403 });
    const withKey = await shop().get('/invoices', KEY);
    expect(withKey.status).toBe(401);
    expect(withKey.headers['www-authenticate']).toMatch(/^Bearer realm="gatehouse", resource_metadata="/);
  });
});
