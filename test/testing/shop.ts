import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { CurrentUser, GatehouseModule, RequireScopes, UserStore } from '../../src/index.js';
import type { GatehouseOptions, User } from '../../src/index.js';

/** A user of the shop, in its own words. */
interface Customer {
  readonly number: string;
  readonly email: string;
  readonly secret: string;
}

/** The customers of a shop, which knows nothing of OAuth. */
@Injectable()
export class Customers {
  readonly all: Customer[] = [
    { number: 'c-1', email: 'ada@shop.test', secret: 'analytical engine' },
    { number: 'c-2', email: 'bob@shop.test', secret: 'difference engine' },
  ];
}

@Injectable()
export class CustomerStore extends UserStore {
  constructor(private readonly customers: Customers) {
    super();
  }

  async findBySubject(subject: string): Promise<User | null> {
    return toUser(this.customers.all.find(({ number }) => number === subject));
  }

  async authenticate(username: string, password: string): Promise<User | null> {
    return toUser(this.customers.all.find(({ email, secret }) => email === username && secret === password));
  }
}

const toUser = (customer: Customer | undefined): User | null =>
  customer
    ? { subject: customer.number, username: customer.email, claims: { email: customer.email }, roles: [] }
    : null;

@Module({ providers: [Customers, CustomerStore], exports: [CustomerStore] })
class CustomersModule {}

@Controller('orders')
class OrdersController {
  @Get()
  @RequireScopes('orders.read')
  list(@CurrentUser() user: User | null): object {
    return { of: user?.username ?? null };
  }
}

export const SHOP: GatehouseOptions = {
  issuer: 'https://sso.shop.test',
  scopes: [{ name: 'orders.read' }, { name: 'orders.write' }],
  resources: [{ identifier: 'https://stock.test', scopes: ['orders.read'], access_token_format: 'jwt' }],
  clients: [
    {
      client_id: 'till',
      client_secret: 'secret of the till',
      redirect_uris: ['https://till.test/cb'],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid email offline_access orders.read',
    },
  ],
  imports: [CustomersModule],
  userStore: { useExisting: CustomerStore },
};

/** The shop as its developers wrote it. */
@Module({ imports: [GatehouseModule.forRoot(SHOP)], controllers: [OrdersController] })
export class ShopModule {}

@Module({
  imports: [GatehouseModule.forRoot({ ...SHOP, issuer: 'http://localhost:3000/auth', prefix: 'auth' })],
  controllers: [OrdersController],
})
export class PrefixedShopModule {}
