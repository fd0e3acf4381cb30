import { Controller, Get, Module } from '@nestjs/common';
import {
  Client,
  CurrentUser,
  GatehouseModule,
  RequireRoles,
  RequireScopes,
  gatehouseEntities,
} from 'gatehouse';
import type { GatehouseOptions, User } from 'gatehouse';
import { getMetadataArgsStorage } from 'typeorm';
import { Customers, CustomersModule } from './customers.js';

const port = process.env['PORT'] ?? '3000';

const options: GatehouseOptions = {
  issuer: `http://localhost:${port}`,
  dataDir: process.env['DATA_DIR'] ?? './data',
  scopes: [{ name: 'orders.read', title: 'See your orders' }],
  clients: [
    {
      client_id: 'web',
      redirect_uris: ['https://web.shop.test/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      scope: 'openid email offline_access orders.read',
    },
  ],
  imports: [CustomersModule],
  userStore: { useExisting: Customers },
};

@Controller()
class ShopController {
  @Get('orders')
  @RequireScopes('orders.read')
  @RequireRoles('customer')
  orders(@CurrentUser() user: User): object {
    return { of: user.username };
  }

  /** Whether the tables are known to the TypeORM that this file imports: there must be one copy of it. */
  @Get('typeorm')
  typeorm(): object {
    const targets = getMetadataArgsStorage().tables.map(({ target }) => target);
    return { knows: gatehouseEntities.every((entity) => targets.includes(entity)), client: Client.name };
  }
}

@Module({ imports: [GatehouseModule.forRoot(options)], controllers: [ShopController] })
export class AppModule {}
