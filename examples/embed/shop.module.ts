import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GatehouseModule } from 'gatehouse';
import { connection } from './connection.js';
import { CustomersModule } from './customers.module.js';
import { FrontController } from './front.controller.js';
import { OrdersController } from './orders.controller.js';
import { ShopUsers } from './shop-users.js';

const { PORT = '3002', SHOP_DATA_DIR: dataDir = 'data/embed-example' } = process.env;

@Module({
  imports: [
    TypeOrmModule.forRoot(connection),
    CustomersModule,
    GatehouseModule.forRoot({
      issuer: `http://localhost:${PORT}/auth`,
      prefix: 'auth',
      dataSource: 'default',
      imports: [CustomersModule],
      userStore: { useExisting: ShopUsers },
      dataDir,
      pages: { brand: 'The tea shop' },
      scopes: [{ name: 'orders', title: 'Your orders', description: 'See what you have ordered.' }],
      clients: [
        {
          client_id: 'tea-diary',
          client_secret: 'tea-diary-secret',
          client_name: 'Tea Diary',
          redirect_uris: ['http://localhost:1111/callback'],
          grant_types: ['authorization_code', 'refresh_token'],
          scope: 'openid profile offline_access orders',
        },
      ],
    }),
  ],
  controllers: [FrontController, OrdersController],
})
export class ShopModule {}
