import { Controller, Get, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { RequireScopes, ResourceServerModule } from 'gatehouse/resource-server';

@Controller('stock')
class StockController {
  @Get()
  @RequireScopes('stock.read')
  list(): string[] {
    return ['a lamp', 'a table'];
  }
}

/** An API in a process of its own. */
@Module({})
export class StockModule {
  static at(issuer: string): DynamicModule {
    const guards = ResourceServerModule.forRoot({ issuer, audience: 'https://stock.example.com' });
    return { module: StockModule, imports: [guards], controllers: [StockController] };
  }
}
