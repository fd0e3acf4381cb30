import { randomBytes } from 'node:crypto';
import { createServer as createListener } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { Clock } from '../../src/common/index.js';
import { settingsFrom } from '../../src/config/index.js';
import type { SettingsInput } from '../../src/config/index.js';
import { createServer } from '../../src/create-server.js';
import { GATEHOUSE_DATA_SOURCE } from '../../src/database/index.js';
import type { GatehousePorts } from '../../src/gatehouse-options.js';
import { FakeClock } from '../../src/testing/fake-clock.js';
import { freshDatabase } from './databases.js';
import type { TestDatabase } from './databases.js';
import { send } from '../../src/testing/http.js';
import type { HttpAnswer, HttpRequest } from '../../src/testing/http.js';

export interface TestServerOptions {
  /** Laid over the defaults of the tests; `scopes`, `resources` … replace theirs. */
  readonly settings?: SettingsInput;
  readonly ports?: GatehousePorts;
  /** A clock other than the fake one, such as SystemClock. */
  readonly clock?: Type<Clock>;
  /** Modules of an extension. */
  readonly modules?: readonly Type[];
  /** Another instance of this server: same issuer, same served database, same time. */
  readonly join?: TestServer;
}

/** A running server with a database of its own. */
export class TestServer {
  constructor(
    readonly app: NestExpressApplication,
    readonly issuer: string,
    /** Where this instance listens: the issuer, but for one that has joined another. */
    readonly url: string,
    readonly database: TestDatabase,
    private readonly owned: boolean,
  ) {}

  get clock(): FakeClock {
    return this.app.get(Clock);
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get(token as never, { strict: false });
  }

  /** @param path may hold a query; it is sent byte for byte. */
  send(path: string, request?: HttpRequest): Promise<HttpAnswer> {
    return send(this.url + path, request);
  }

  /** For what no endpoint tells. */
  sql<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return this.app.get<DataSource>(GATEHOUSE_DATA_SOURCE).query(statement, values);
  }

  async close(): Promise<void> {
    await this.app.close();
    if (this.owned) await this.database.drop();
  }
}

const DEFAULTS: SettingsInput = {
  environment: 'test',
  keyEncryptionKey: randomBytes(32).toString('base64url'),
  demo: { enabled: false },
  scopes: [
    { name: 'read', title: 'Read your data', description: 'See what you keep.' },
    { name: 'write', title: 'Change your data', description: 'Add to what you keep.' },
  ],
  resources: [
    { identifier: 'https://api1.test', scopes: ['read', 'write'] },
    { identifier: 'https://api2.test', scopes: ['read'], access_token_format: 'jwt', access_token_ttl: 300 },
  ],
};

/** Starts a server on loopback, on a port that nobody uses; whoever starts one closes it. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const issuer = options.join?.issuer ?? options.settings?.issuer ?? url;
  const database = options.join?.database ?? (await freshDatabase());
  const settings = settingsFrom({
    ...DEFAULTS,
    ...options.settings,
    port,
    issuer,
    database: { url: database.url },
  });
  const ports = { clock: options.clock ?? FakeClock, ...options.ports };
  const { modules } = options;
  const app = await createServer(settings, {
    ports,
    modules,
    database: database.options,
    logger: process.env.TEST_LOG ? undefined : false,
  });
  await app.listen(port, '127.0.0.1');
  const server = new TestServer(app, issuer, url, database, !options.join);
  if (options.join) server.clock.set(options.join.clock.now());
  return server;
}

let shared: Promise<TestServer> | undefined;

/** The one server for all files that need no settings of their own. It ends with the run. */
export const sharedServer = (): Promise<TestServer> => (shared ??= startServer());

/** The issuer must be known before the server exists, so the port is found before it listens. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = createListener().on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as AddressInfo;
      listener.close(() => resolve(port));
    });
  });
}
