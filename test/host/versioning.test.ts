import { Controller, Get, VersioningType } from '@nestjs/common';
import type { VersioningOptions } from '@nestjs/common';
import { completeFlow } from './complete-flow.js';
import { aShop } from './shop/start-shop.js';

@Controller({ path: 'articles', version: '2' })
class ArticlesController {
  @Get()
  list(): string[] {
    return ['tea'];
  }
}

const withVersions = (options: VersioningOptions) =>
  aShop({
    root: { controllers: [ArticlesController] },
    main: (app) => void app.enableVersioning(options),
  });

describe('The host keeps its versioning, in the address', () => {
  const shop = withVersions({ type: VersioningType.URI, defaultVersion: '1' });

  it('with which the complete flow passes, where the discovery document says', () =>
    completeFlow(shop(), { path: '/v1/invoices' }));

  it('which finds its own routes', async () => {
    expect((await shop().get('/v2/articles')).json).toEqual(['tea']);
    expect((await shop().get('/v1/orders')).json).toEqual({ orders: [] });
    expect((await shop().get('/orders')).status).toBe(404);
  });

  it('and Gatehouse is in no version: there is no second door', async () => {
    expect((await shop().send('/v1/oauth/token', { method: 'POST', body: { a: 'b' } })).status).toBe(404);
    expect((await shop().get('/v1/login')).status).toBe(404);
  });
});

describe('The host keeps its versioning, in a header', () => {
  const shop = withVersions({ type: VersioningType.HEADER, header: 'x-version', defaultVersion: '1' });

  it('with which the complete flow passes', () => completeFlow(shop(), { headers: { 'x-version': '1' } }));

  it('which finds its own routes', async () => {
    expect((await shop().get('/articles', { 'x-version': '2' })).json).toEqual(['tea']);
    expect((await shop().get('/articles')).status).toBe(404);
  });
});
