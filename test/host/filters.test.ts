import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Response } from 'express';
import { expectErrorPage, expectOAuthError } from '../support/index.js';
import { completeFlow } from './complete-flow.js';
import { aShop } from './shop/start-shop.js';
import type { ShopOptions } from './shop/start-shop.js';

@Catch()
class ShopErrors implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const status = error instanceof HttpException ? error.getStatus() : 500;
    host.switchToHttp().getResponse<Response>().status(status).json({ shop: 'is sorry', status });
  }
}

const ways: { by: string; options: ShopOptions }[] = [
  { by: 'useGlobalFilters', options: { main: (app) => void app.useGlobalFilters(new ShopErrors()) } },
  { by: 'APP_FILTER', options: { root: { providers: [{ provide: APP_FILTER, useClass: ShopErrors }] } } },
];

describe.each(ways)('The host keeps its filters, by $by', ({ options }) => {
  const shop = aShop(options);

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('which answer for its own routes, its parser, and what is nobody’s route', async () => {
    const badJson = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{'),
    };
    expect((await shop().send('/orders', badJson)).json).toMatchObject({ shop: 'is sorry' });
    expect((await shop().get('/nowhere')).json).toEqual({ shop: 'is sorry', status: 404 });
    expect((await shop().get('/oauth')).json).toEqual({ shop: 'is sorry', status: 404 });
  });

  it('and OAuth’s errors stay what its RFCs say', async () => {
    const form = { method: 'POST', body: { grant_type: 'client_credentials', client_id: 'nobody' } };
    expectOAuthError(await shop().gatehouse.send('/oauth/token', form), 401, 'invalid_client');
    expect((await shop().gatehouse.send('/oauth/userinfo')).headers['www-authenticate']).toMatch(
      /^Bearer realm=/,
    );
    const html = { headers: { accept: 'text/html' } };
    expectErrorPage(await shop().gatehouse.send('/oauth/authorize?client_id=nobody', html));
  });
});

it('without a filter, what is nobody’s route is answered by Nest', async () => {
  const { startShop } = await import('./shop/start-shop.js');
  const plain = await startShop();
  expect((await plain.get('/nowhere')).json).toEqual({
    message: 'Cannot GET /nowhere',
    error: 'Not Found',
    statusCode: 404,
  });
  await plain.close();
});
