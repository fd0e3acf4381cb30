import { createSecretKey, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { INestApplication, ModuleMetadata, NestApplicationOptions } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { TestingModuleBuilder } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { Clock } from '../common/index.js';
import { GATEHOUSE_DATA_SOURCE } from '../database/index.js';
import { KeyEncryption } from '../keys/index.js';
import { embeddedDatabase } from './embedded-database.js';
import { FakeClock } from './fake-clock.js';
import { GatehouseTest } from './gatehouse-test.js';

/** The root module of an application. */
export type RootModule = NonNullable<ModuleMetadata['imports']>[number];

/** How the application is put together for a test. */
export interface GatehouseTestOptions {
  /** Puts other providers in place, as `Test.createTestingModule` allows. */
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  /** What `main.ts` does between making the application and listening: pipes, a prefix, middleware. */
  readonly configure?: (app: INestApplication) => void | Promise<void>;
  /** The second argument of `NestFactory.create`; nothing is logged unless told. */
  readonly nest?: NestApplicationOptions;
  readonly adapter?: AbstractHttpAdapter;
  /** A free one unless told. */
  readonly port?: number;
}

/**
 * Starts the application on loopback with an empty database in memory, keys of its own and a clock that stands still.
 * Its issuer stays what its settings say: browsers and clients made here find their way.
 * @param root the application's own module, with `GatehouseModule` somewhere in it
 */
export async function createGatehouseTest(
  root: RootModule,
  options: GatehouseTestOptions = {},
): Promise<GatehouseTest> {
  const database = await embeddedDatabase();
  const release = () => (database.isInitialized ? database.destroy() : Promise.resolve());
  try {
    const app = await started(root, database, options);
    const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
    return new GatehouseTest(app, `http://127.0.0.1:${port}`, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function started(
  root: RootModule,
  database: DataSource,
  { override = (builder) => builder, configure, nest, adapter, port = 0 }: GatehouseTestOptions,
): Promise<INestApplication> {
  const builder = Test.createTestingModule({ imports: [root] })
    .overrideProvider(GATEHOUSE_DATA_SOURCE)
    .useValue(database)
    .overrideProvider(Clock)
    .useClass(FakeClock)
    .overrideProvider(KeyEncryption)
    .useValue(new KeyEncryption(createSecretKey(randomBytes(32))));
  const module = await override(builder).compile();
  const made = { logger: false, ...nest } as const;
  const app = adapter ? module.createNestApplication(adapter, made) : module.createNestApplication(made);
  await configure?.(app);
  return app.listen(port, '127.0.0.1').then(() => app);
}
