import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/index.js';
import { GatehouseModule } from '../../src/index.js';
import { createGatehouseTest, shows } from '../../src/testing/index.js';
import type { GatehouseTest } from '../../src/testing/index.js';
import { claimsOf } from '../support/index.js';
import { CustomerStore, Customers, PrefixedShopModule, SHOP, ShopModule } from './shop.js';

describe('createGatehouseTest', () => {
  let test: GatehouseTest;

  beforeAll(async () => void (test = await createGatehouseTest(ShopModule)));
  afterAll(() => test.close());

  it('runs a whole code flow without a browser in three lines', async () => {
    const client = await test.registerClient();
    const tokens = await test.authorizationCodeFlow({ client, user: 'c-1', scope: 'openid orders.read' });
    const answer = await test.http.get('/orders', { token: tokens.access_token });

    expect([answer.status, answer.json]).toEqual([200, { of: 'ada@shop.test' }]);
    expect(claimsOf(tokens.id_token)).toMatchObject({ iss: SHOP.issuer, sub: 'c-1', aud: client.id });
  });

  it('knows the secrets of declared clients, and goes on step by step', async () => {
    const rp = await test.relyingParty({ client: 'till', user: 'c-1' });
    const tokens = await rp.tokens({ scope: 'openid email offline_access' });
    const next = await rp.refresh(tokens.refresh_token);
    expect((await rp.userinfo(next.json.access_token)).json).toEqual({ sub: 'c-1', email: 'ada@shop.test' });
    expect((await rp.revoke(tokens.refresh_token)).status).toBe(200);
    expect((await rp.refresh(next.json.refresh_token)).json.error).toBe('invalid_grant');
  });

  it('asks the person who is signed in, and may be told no', async () => {
    const client = await test.registerClient();
    const rp = await test.relyingParty({ client, user: await test.loginAs('c-2') });
    const page = await rp.authorize({ scope: 'openid orders.read' });
    expect(shows(page, 'consent-allow')).toBe(true);
    const { location } = await rp.browser.submit(page, { decision: 'deny' });
    expect(location?.searchParams.get('error')).toBe('access_denied');
  });

  it('signs in with the users of the application, too', async () => {
    const browser = test.browser();
    const client = await test.registerClient();
    await browser.signIn({ username: 'bob@shop.test', password: 'difference engine' });
    const { id_token: idToken } = await test.authorizationCodeFlow({ client, user: browser });
    expect(claimsOf(idToken).sub).toBe('c-2');
  });

  it('mints tokens that are as good as any', async () => {
    const token = await test.mintToken({ sub: 'c-1', scope: 'orders.read' });
    expect((await test.http.get('/orders', { token })).json).toEqual({ of: 'ada@shop.test' });
    const machine = await test.mintToken({ scope: 'orders.read', client: 'till' });
    expect((await test.http.get('/orders', { token: machine })).json).toEqual({ of: null });
    const weak = await test.mintToken({ sub: 'c-1', scope: 'orders.write' });
    expect((await test.http.get('/orders', { token: weak })).status).toBe(403);
    expect((await test.http.get('/orders')).status).toBe(401);
  });

  it('mints them for another API, in the format of that resource', async () => {
    const jwt = await test.mintToken({ sub: 'c-1', scope: 'orders.read', audience: 'https://stock.test' });
    expect(claimsOf(jwt)).toMatchObject({ iss: SHOP.issuer, aud: 'https://stock.test', sub: 'c-1' });
    expect((await test.http.get('/orders', { token: jwt })).status).toBe(401);
  });

  it.each([
    ['nobody in the user store has the subject "c-9"', () => test.loginAs('c-9')],
    ['the user is not available', () => test.mintToken({ sub: 'c-9' })],
    [
      'gatehouse-testing is not registered for the scope nonsense',
      () => test.mintToken({ scope: 'nonsense' }),
    ],
    [
      'till is not registered for the scope orders.write',
      () => test.mintToken({ client: 'till', scope: 'orders.write' }),
    ],
    ['the resource is unknown', () => test.mintToken({ audience: 'https://nowhere.test' })],
    ['there is no such client', () => test.authorizationCodeFlow({ client: 'nobody', user: 'c-1' })],
  ])('says what is missing: %s', async (sentence, attempt) => {
    await expect(attempt()).rejects.toThrow(sentence);
  });

  it('holds the time until it is moved', async () => {
    const token = await test.mintToken({ sub: 'c-1', scope: 'orders.read' });
    const before = test.clock.now();
    test.clock.advance(3599);
    expect((await test.http.get('/orders', { token })).status).toBe(200);
    test.clock.advance(2);
    expect((await test.http.get('/orders', { token })).status).toBe(401);
    test.clock.set(before);
  });
});

describe('createGatehouseTest, put together otherwise', () => {
  const using = async (test: GatehouseTest, use: () => Promise<void>): Promise<void> => {
    try {
      await use();
    } finally {
      await test.close();
    }
  };

  it('does what main.ts does, and puts other providers in place', async () => {
    const customers = { all: [{ number: 'x', email: 'x@shop.test', secret: 'x' }] };
    const test = await createGatehouseTest(PrefixedShopModule, {
      override: (builder) => builder.overrideProvider(Customers).useValue(customers),
      configure: (app) => void app.setGlobalPrefix('api', { exclude: ['auth/{*path}'] }),
    });
    await using(test, async () => {
      const client = await test.registerClient();
      const tokens = await test.authorizationCodeFlow({ client, user: 'x', scope: 'openid orders.read' });
      expect(claimsOf(tokens.id_token).iss).toBe('http://localhost:3000/auth');
      const answer = await test.http.get('/api/orders', { token: tokens.access_token });
      expect(answer.json).toEqual({ of: 'x@shop.test' });
    });
  });

  it('starts two at once that know nothing of each other', async () => {
    const [one, other] = await Promise.all([
      createGatehouseTest(ShopModule),
      createGatehouseTest(ShopModule),
    ]);
    await using(one, () =>
      using(other, async () => {
        const token = await one.mintToken({ sub: 'c-1', scope: 'orders.read' });
        expect((await one.http.get('/orders', { token })).status).toBe(200);
        expect((await other.http.get('/orders', { token })).status).toBe(401);
      }),
    );
  });

  it('leaves the data source of the host alone, and every directory as it was', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-testing-'));
    const dataDir = join(directory, 'data');
    const host = dataSourceOptions({ memory: true, dataDir: '' });

    @Module({
      imports: [
        TypeOrmModule.forRoot({ ...host, autoLoadEntities: true }),
        GatehouseModule.forRoot({ ...SHOP, dataDir, dataSource: 'default' }),
      ],
    })
    class HostModule {}

    const test = await createGatehouseTest(HostModule);
    await using(test, async () => {
      expect(await test.mintToken({ sub: 'c-1' })).toBeTruthy();
      const hosts = test.app.get<DataSource>(getDataSourceToken());
      expect(await hosts.query(`SELECT to_regclass('gh_client') AS ours`)).toEqual([{ ours: null }]);
    });
    expect(existsSync(dataDir)).toBe(false);
    rmSync(directory, { recursive: true });
  });

  it('passes on why the application does not start', async () => {
    @Module({ imports: [GatehouseModule.forRoot({ ...SHOP, imports: [] })] })
    class ForgetfulModule {}
    await expect(createGatehouseTest(ForgetfulModule)).rejects.toThrow(CustomerStore.name);
  });
});
