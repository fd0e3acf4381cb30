import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Customer } from './customer.entity.js';
import { Customers } from './customers.service.js';
import { ShopUsers } from './shop-users.js';

@Module({
  imports: [TypeOrmModule.forFeature([Customer])],
  providers: [Customers, ShopUsers],
  exports: [Customers, ShopUsers],
})
export class CustomersModule {}
