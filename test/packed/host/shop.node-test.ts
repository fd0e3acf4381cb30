import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'node:test';
import { createGatehouseTest, userStoreContract } from 'gatehouse/testing';
import type { GatehouseTest } from 'gatehouse/testing';
import { AppModule } from './app.module.js';
import { Customers } from './customers.js';

const ada = { subject: 'c-1', username: 'ada@shop.test', password: 'analytical engine' };
const bob = { subject: 'c-2', username: 'bob@shop.test', password: 'difference engine' };

void describe('the customers', () => {
  const fixture = () => ({ store: new Customers(), users: [ada, bob] as const });
  for (const { title, check } of userStoreContract(fixture)) void it(title, check);
});

void describe('the shop', () => {
  let test: GatehouseTest;
  before(async () => {
    test = await createGatehouseTest(AppModule);
  });
  after(() => test.close());

  void it('lets customers see their orders', async () => {
    const tokens = await test.authorizationCodeFlow({ client: 'web', user: 'c-1', scope: 'orders.read' });
    const { status, json } = await test.http.get('/orders', { token: tokens.access_token });
    assert.deepEqual([status, json], [200, { of: 'ada@shop.test' }]);
  });

  void it('lets nobody else see them', async () => {
    const token = await test.mintToken({ sub: 'c-1', scope: 'openid' });
    assert.equal((await test.http.get('/orders', { token })).status, 403);
    assert.equal((await test.http.get('/orders')).status, 401);
  });
});
