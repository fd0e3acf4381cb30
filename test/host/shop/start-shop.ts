import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import type { DynamicModule, ModuleMetadata, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { GatehouseModule, embeddedPostgres } from '../../../src/index.js';
import type { GatehouseOptions } from '../../../src/index.js';
import { freePort } from '../../support/child-server.js';
import { freshDatabase } from '../../support/databases.js';
import type { TestDatabase } from '../../support/databases.js';
import { TestServer, send } from '../../support/index.js';
import type { HttpAnswer, HttpRequest } from '../../support/index.js';
import { AddCustomers1700000000000 } from './add-customers.migration.js';
import { AppUsers } from './app-users.js';
import { Customer } from './customer.entity.js';
import { CustomersModule } from './customers.module.js';
import { CustomersService } from './customers.service.js';
import { InvoicesController } from './invoices.controller.js';
import { OrdersController } from './orders.controller.js';

export interface ShopOptions {
  /** The path of the issuer, with a slash before it. */
  readonly path?: string;
  /** Laid over what the shop tells Gatehouse. */
  readonly gatehouse?: GatehouseOptions;
  /** In place of `GatehouseModule.forRoot`. */
  readonly module?: (issuer: string) => DynamicModule;
  /** What else the shop is made of. */
  readonly root?: ModuleMetadata;
  /** Laid over the shop's own connection. */
  readonly connection?: TypeOrmModuleOptions;
  /** The stock one of Express unless told. */
  readonly adapter?: ExpressAdapter;
  readonly create?: NestApplicationOptions;
  /** What its main.ts does before it listens. */
  readonly main?: (app: NestExpressApplication) => void;
  readonly database?: TestDatabase;
}

/** Somebody else's Nest application, with its own users and its own connection, and Gatehouse as one import among its own. */
export class Shop {
  constructor(
    readonly app: NestExpressApplication,
    readonly origin: string,
    /** Gatehouse in it: its url is the issuer. */
    readonly gatehouse: TestServer,
  ) {}

  /** Gets a route of the shop's own. */
  get(path: string, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
    return this.send(path, { headers });
  }

  postJson(path: string, body: object, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.send(path, { method: 'POST', headers: json, body: Buffer.from(JSON.stringify(body)) });
  }

  /** @param path from the root */
  send(path: string, request?: HttpRequest): Promise<HttpAnswer> {
    return send(this.origin + path, request);
  }

  close(): Promise<void> {
    return this.gatehouse.close();
  }
}

/** A shop for all tests of the block. */
export function aShop(options: ShopOptions = {}): () => Shop {
  let shop: Shop | undefined;
  beforeAll(async () => {
    shop = await startShop(options);
  });
  afterAll(() => shop?.close());
  return () => shop!;
}

/** One of the shop's customers. */
export const CARLA = { username: 'carla@shop.test', password: 'a-password-of-carla', subject: 'C-1' };

/** What the shop tells Gatehouse, wherever it does. */
export const shopSettings = (issuer: string) => ({
  issuer,
  environment: 'test' as const,
  keyEncryptionKey: randomBytes(32).toString('base64url'),
  scopes: [{ name: 'invoices', title: 'Your invoices' }],
});

export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const issuer = origin + (options.path ?? '');
  const database = options.database ?? (await freshDatabase());
  const opened: DataSource[] = [];
  try {
    const app = await create(shopModule(issuer, database, options, opened), options);
    options.main?.(app);
    await app.listen(port, '127.0.0.1');
    await app.get(CustomersService).add(CARLA.subject, CARLA.username, 'Carla Customer', CARLA.password);
    const gatehouse = new TestServer(app, issuer, issuer, database, options.database === undefined);
    return new Shop(app, origin, gatehouse);
  } catch (error) {
    // An application that was refused is never there to be closed.
    for (const source of opened) if (source.isInitialized) await source.destroy();
    throw error;
  }
}

const create = (module: DynamicModule, { adapter, create: options }: ShopOptions) =>
  NestFactory.create<NestExpressApplication>(module, adapter ?? new ExpressAdapter(), {
    logger: process.env.TEST_LOG ? undefined : false,
    abortOnError: false,
    ...options,
  });

@Module({})
class ShopModule {}

function shopModule(
  issuer: string,
  database: TestDatabase,
  options: ShopOptions,
  opened: DataSource[],
): DynamicModule {
  const { root = {}, gatehouse, module = ofGatehouse(gatehouse) } = options;
  return {
    module: ShopModule,
    ...root,
    imports: [
      TypeOrmModule.forRootAsync({
        useFactory: () => ({ ...connectionTo(database), ...options.connection }) as TypeOrmModuleOptions,
        dataSourceFactory: async (connection) => {
          const source = new DataSource(connection!);
          opened.push(source);
          return source.initialize();
        },
      }),
      CustomersModule,
      ...(root.imports ?? []),
      module(issuer),
    ],
    controllers: [OrdersController, InvoicesController, ...(root.controllers ?? [])] as Type[],
  };
}

const ofGatehouse =
  (special: GatehouseOptions = {}) =>
  (issuer: string) =>
    GatehouseModule.forRoot({
      ...shopSettings(issuer),
      dataSource: 'default',
      imports: [CustomersModule],
      userStore: { useExisting: AppUsers },
      ...special,
    });

/** As the shop had it before: its own entity, its own migration. */
export function connectionTo({ url, options }: TestDatabase): TypeOrmModuleOptions {
  return {
    ...(url ? { type: 'postgres' as const, url } : embeddedPostgres({ dataDir: '', ...options })),
    entities: [Customer],
    autoLoadEntities: true,
    migrations: [AddCustomers1700000000000],
    migrationsRun: true,
    retryAttempts: 0,
  };
}
