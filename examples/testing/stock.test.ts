import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Agent, createTestIssuer } from 'gatehouse/testing';
import type { GatehouseTest } from 'gatehouse/testing';
import { StockModule } from './stock.module.js';

const AUDIENCE = 'https://stock.example.com';

void describe('stock', () => {
  let issuer: GatehouseTest;
  let api: INestApplication;
  let http: Agent;

  before(async () => {
    issuer = await createTestIssuer({
      scopes: [{ name: 'stock.read' }],
      resources: [{ identifier: AUDIENCE, scopes: ['stock.read'], access_token_format: 'jwt' }],
    });
    api = await NestFactory.create(StockModule.at(issuer.issuer), { logger: false });
    const server = (await api.listen(0, '127.0.0.1')) as { address(): AddressInfo };
    http = new Agent(`http://127.0.0.1:${server.address().port}`);
  });

  after(async () => {
    await api.close();
    await issuer.close();
  });

  void it('is for those who may read it', async () => {
    const token = await issuer.mintToken({ sub: 'anybody', scope: 'stock.read', audience: AUDIENCE });
    assert.deepEqual((await http.get('/stock', { token })).json, ['a lamp', 'a table']);
  });

  void it('is not for tokens that are meant for another API', async () => {
    const token = await issuer.mintToken({ sub: 'anybody', scope: 'stock.read' });
    const answer = await http.get('/stock', { token });
    assert.equal(answer.status, 401);
    assert.match(answer.headers['www-authenticate'] ?? '', /error="invalid_token"/);
  });
});
