import { Controller, Get } from '@nestjs/common';
import { CurrentUser, RequireScopes } from 'gatehouse';
import type { User } from 'gatehouse';

/** The shop's API, for applications that a customer has allowed to call it. */
@Controller('orders')
export class OrdersController {
  @Get()
  @RequireScopes('orders')
  list(@CurrentUser() user: User): object {
    return { customer: user.subject, orders: [{ article: 'Darjeeling', grams: 250 }] };
  }
}
