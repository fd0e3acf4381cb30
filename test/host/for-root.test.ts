import { Injectable, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FastExpressAdapter, GatehouseModule, Settings } from '../../src/index.js';
import type { GatehouseAsyncOptions, GatehouseOptionsFactory } from '../../src/index.js';
import { completeFlow } from './complete-flow.js';
import { AppUsers } from './shop/app-users.js';
import { CustomersModule } from './shop/customers.module.js';
import { aShop, shopSettings, startShop } from './shop/start-shop.js';
import type { Shop } from './shop/start-shop.js';

describe('GatehouseModule.forRoot', () => {
  const shop = aShop({ adapter: new FastExpressAdapter() });

  it('serves the complete flow on the FastExpressAdapter, too', () => completeFlow(shop()));

  it('is refused twice in one application, in one sentence', async () => {
    const again = ({ issuer }: { issuer: string }) =>
      GatehouseModule.forRoot({ ...shopSettings(issuer), dataDir: '/tmp/gatehouse-never-opened' });
    @Module({})
    class Both {}
    const module = (issuer: string): DynamicModule => ({
      module: Both,
      imports: [again({ issuer }), again({ issuer })],
    });
    await expect(startShop({ module })).rejects.toThrow(
      'GatehouseModule: is put in twice, and one application has one issuer',
    );
  });

  it('says every fault of the settings at once', () => {
    expect(() => GatehouseModule.forRoot({ issuer: 'http://shop.test/', accessToken: { ttl: '0' } })).toThrow(
      /issuer .*\n.*accessToken\.ttl /,
    );
  });
});

/** What the shop keeps its configuration in. */
abstract class ShopConfig {
  readonly issuer: string;
}

/** Where the issuer comes from in a real shop: its configuration. */
function configModule(issuer: string): DynamicModule {
  @Module({})
  class ConfigModule {}
  const provider = { provide: ShopConfig, useValue: { issuer } };
  return { module: ConfigModule, providers: [provider], exports: [provider] };
}

@Injectable()
class OptionsOfTheShop implements GatehouseOptionsFactory {
  constructor(private readonly config: ShopConfig) {}

  createGatehouseOptions() {
    return shopSettings(this.config.issuer);
  }
}

/** A module of the host's that makes and exports the factory. */
function optionsModule(issuer: string): DynamicModule {
  @Module({})
  class OptionsModule {}
  return {
    module: OptionsModule,
    imports: [configModule(issuer)],
    providers: [OptionsOfTheShop],
    exports: [OptionsOfTheShop],
  };
}

type Way = (issuer: string) => GatehouseAsyncOptions;

const ways: { by: string; options: Way }[] = [
  {
    by: 'useFactory, with what it injects from imports',
    options: (issuer) => ({
      imports: [configModule(issuer), CustomersModule],
      inject: [ShopConfig],
      useFactory: (config: ShopConfig) => Promise.resolve(shopSettings(config.issuer)),
    }),
  },
  {
    by: 'useClass',
    options: (issuer) => ({ imports: [configModule(issuer), CustomersModule], useClass: OptionsOfTheShop }),
  },
  {
    by: 'useExisting',
    options: (issuer) => ({
      imports: [optionsModule(issuer), CustomersModule],
      useExisting: OptionsOfTheShop,
    }),
  },
];

const asynchronous =
  (options: Way, special: Partial<GatehouseAsyncOptions> = {}) =>
  (issuer: string) =>
    GatehouseModule.forRootAsync({
      dataSource: 'default',
      userStore: { useExisting: AppUsers },
      ...options(issuer),
      ...special,
    });

describe.each(ways)('GatehouseModule.forRootAsync with $by', ({ options }) => {
  const shop = aShop({ module: asynchronous(options) });

  it('serves the complete flow, with the users of a module of the host', () => completeFlow(shop()));
});

describe('GatehouseModule.forRootAsync', () => {
  const settings =
    (special: object): Way =>
    (issuer) => ({ imports: [CustomersModule], useFactory: () => ({ ...shopSettings(issuer), ...special }) });

  it('serves the features that it is told, where the settings say the same', async () => {
    const module = asynchronous(settings({ portal: { enabled: false }, registration: { access: 'open' } }), {
      features: { portal: false, registration: true },
    });
    const shop: Shop = await startShop({ module });
    expect((await shop.get('/applications')).status).toBe(404);
    const { json } = await shop.gatehouse.send('/.well-known/openid-configuration');
    expect(json.registration_endpoint).toBe(`${shop.gatehouse.issuer}/oauth/register`);
    await shop.close();
  });

  it('is refused where they say otherwise, each in a sentence', async () => {
    const module = asynchronous(settings({ portal: { enabled: false }, registration: { access: 'open' } }));
    await expect(startShop({ module })).rejects.toThrow(
      /portal\.enabled: says otherwise than features\.portal, which is true\n.*registration\.access: says otherwise than features\.registration, which is false/,
    );
  });

  it('refuses bad settings of a factory as it does those of forRoot', async () => {
    const module = asynchronous(settings({ pkce: { required: 'perhaps' } }));
    await expect(startShop({ module })).rejects.toThrow(/pkce\.required .* must be true or false/);
  });

  it('is refused without any way to get settings', () => {
    expect(() => GatehouseModule.forRootAsync({})).toThrow(
      'forRootAsync: needs useFactory, useClass or useExisting',
    );
  });

  it('takes the prefix and the ports beside the factory, which it needs before', async () => {
    const module = asynchronous(settings({}), { prefix: 'auth' });
    const shop = await startShop({ path: '/auth', module });
    await completeFlow(shop);
    expect(shop.app.get(Settings, { strict: false }).issuer).toMatch(/\/auth$/);
    await shop.close();
  });
});
