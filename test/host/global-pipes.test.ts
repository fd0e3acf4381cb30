import { ValidationPipe } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { completeFlow } from './complete-flow.js';
import { aShop } from './shop/start-shop.js';

const strict = () => new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true });

describe.each([
  {
    by: 'useGlobalPipes',
    options: {
      main: (app: { useGlobalPipes(pipe: ValidationPipe): unknown }) => void app.useGlobalPipes(strict()),
    },
  },
  { by: 'APP_PIPE', options: { root: { providers: [{ provide: APP_PIPE, useFactory: strict }] } } },
])('The host keeps its global pipes, by $by', ({ options }) => {
  const shop = aShop(options);

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('which check and transform what comes to its routes', async () => {
    const placed = await shop().postJson('/orders', { article: 'tea', count: 2 });
    expect(placed.json).toEqual({ placed: { article: 'tea', count: 2 }, isInstance: true });
    const refused = await shop().postJson('/orders', { article: 'tea', count: '2', free: true });
    expect(refused.json).toMatchObject({
      statusCode: 400,
      message: ['property free should not exist', 'count must be an integer number'],
    });
  });
});
