import { Injectable, Scope } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { completeFlow } from './complete-flow.js';
import { aShop } from './shop/start-shop.js';
import type { ShopOptions } from './shop/start-shop.js';

/** A shape for every answer, as many APIs have one. */
@Injectable()
class Envelope implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

@Injectable({ scope: Scope.REQUEST })
class RequestScopedEnvelope extends Envelope {}

const ways: { by: string; options: ShopOptions }[] = [
  { by: 'useGlobalInterceptors', options: { main: (app) => void app.useGlobalInterceptors(new Envelope()) } },
  {
    by: 'APP_INTERCEPTOR',
    options: { root: { providers: [{ provide: APP_INTERCEPTOR, useClass: Envelope }] } },
  },
  {
    by: 'a request-scoped APP_INTERCEPTOR',
    options: { root: { providers: [{ provide: APP_INTERCEPTOR, useClass: RequestScopedEnvelope }] } },
  },
];

describe.each(ways)('The host keeps its interceptors, by $by', ({ options }) => {
  const shop = aShop(options);

  it('which leave OAuth its own shape: the complete flow passes', () => completeFlow(shop()));

  it('which wrap what its own routes answer', async () => {
    expect((await shop().get('/orders')).json).toEqual({ data: { orders: [] } });
  });
});
