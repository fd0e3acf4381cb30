import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GatehouseSwagger } from 'gatehouse';
import { ShopModule } from './shop.module.js';

const { PORT = '3002' } = process.env;

const app = await NestFactory.create(ShopModule);
GatehouseSwagger.setup(app, 'docs');
app.enableShutdownHooks();
await app.listen(Number(PORT), '127.0.0.1');
console.log(
  `The shop at http://localhost:${PORT}, its authorization server at http://localhost:${PORT}/auth`,
);
