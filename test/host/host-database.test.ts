import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, DefaultNamingStrategy } from 'typeorm';
import { GATEHOUSE_DATA_SOURCE, GatehouseModule, gatehouseEntities } from '../../src/index.js';
import type { TestDatabase } from '../support/databases.js';
import { freshDatabase } from '../support/databases.js';
import { completeFlow } from './complete-flow.js';
import { AppUsers } from './shop/app-users.js';
import { Customer } from './shop/customer.entity.js';
import { CustomersModule } from './shop/customers.module.js';
import { connectionTo, shopSettings, startShop } from './shop/start-shop.js';
import type { Shop } from './shop/start-shop.js';

const tablesOf = async (source: DataSource): Promise<string[]> => {
  const rows = await source.query<{ name: string }[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY name",
  );
  return rows.map(({ name }) => name);
};

/** Nothing of Gatehouse's is there yet. */
const emptyDatabase = async (): Promise<TestDatabase> => {
  const database = await freshDatabase();
  return { ...database, options: { memory: true, dataDir: '' } };
};

describe("Gatehouse in the host's own database", () => {
  let shop: Shop;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await emptyDatabase();
    shop = await startShop({ database });
  });

  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  it('lives in the connection that the host has already, and opens no other', async () => {
    const host = shop.app.get(DataSource);
    expect(shop.app.get<DataSource>(GATEHOUSE_DATA_SOURCE)).toBe(host);
    await completeFlow(shop);
  });

  it('makes its tables beside the host’s, all of them named gh_', async () => {
    const tables = await tablesOf(shop.app.get(DataSource));
    const others = tables.filter((name) => !name.startsWith('gh_'));
    expect(others).toEqual(['customer', 'gatehouse_migrations', 'migrations']);
    expect(tables.length).toBeGreaterThan(gatehouseEntities.length);
  });

  it('leaves the host’s migrations and their table to it', async () => {
    const host = shop.app.get(DataSource);
    const noted = await host.query<{ name: string }[]>('SELECT name FROM migrations');
    expect(noted).toEqual([{ name: 'AddCustomers1700000000000' }]);
    expect(host.migrations.map(({ constructor }) => constructor.name)).toEqual(['AddCustomers1700000000000']);
    expect(await host.showMigrations()).toBe(false);
  });
});

describe("Gatehouse in another connection of the host's, by its name", () => {
  let others: TestDatabase;

  beforeAll(async () => {
    others = await freshDatabase();
  });

  afterAll(() => others?.drop());

  it('serves the complete flow there, and leaves the first one alone', async () => {
    const shop = await startShop({
      database: await emptyDatabase(),
      root: {
        imports: [
          TypeOrmModule.forRoot({ ...connectionTo(others), entities: [], migrations: [], name: 'identity' }),
        ],
      },
      gatehouse: { dataSource: 'identity' },
    });
    await completeFlow(shop);
    expect(await tablesOf(shop.app.get(DataSource))).toEqual(['customer', 'migrations']);
    await shop.app.close();
  });
});

describe('A connection that would not do is refused, before anything is written to it', () => {
  const refused = (connection: object, sentence: string | RegExp, dataSource = 'default') =>
    expect(startShop({ connection, gatehouse: { dataSource } })).rejects.toThrow(sentence);

  it('because it does not know the entities', () =>
    refused(
      { autoLoadEntities: false, entities: [Customer] },
      /^.*dataSource: the host's data source does not know \w+: add \.\.\.gatehouseEntities to its entities/s,
    ));

  it('but it does with those that are exported for that', async () => {
    const connection = { autoLoadEntities: false, entities: [Customer, ...gatehouseEntities] };
    const shop = await startShop({ connection });
    await completeFlow(shop);
    await shop.close();
  });

  it('because it synchronizes', () => refused({ synchronize: true }, 'has synchronize on'));

  it('because it renames tables', () => refused({ entityPrefix: 'shop_' }, 'renames tables or columns'));

  it('because its naming strategy renames tables', () => {
    class Upper extends DefaultNamingStrategy {
      override tableName(target: string, given?: string): string {
        return `${given ?? target}`.replace(/^gh_/, 'GH_');
      }
    }
    return refused({ namingStrategy: new Upper() }, 'renames tables or columns');
  });

  it('because its naming strategy renames columns', () => {
    class Prefixed extends DefaultNamingStrategy {
      override columnName(property: string, custom: string): string {
        return custom || `c_${property}`;
      }
    }
    return refused(
      { namingStrategy: new Prefixed(), entities: [], migrationsRun: false },
      'renames tables or columns',
    );
  });

  it('because the settings name another database beside it', () => {
    const database = { url: 'postgres://localhost/elsewhere' };
    return expect(startShop({ gatehouse: { database } })).rejects.toThrow(
      'database.url: must not be set beside dataSource',
    );
  });

  it('because in production there is no key for what must be secret in it', () =>
    expect(
      startShop({ gatehouse: { environment: 'production', keyEncryptionKey: undefined } }),
    ).rejects.toThrow('keyEncryptionKey: must be set in production when dataSource is set'));

  it('because there is none of that name', () =>
    refused({}, 'dataSource: the application has no connection named identity', 'identity'));

  it('because it has another schema than the one that its connection looks in first', () =>
    refused({ schema: 'elsewhere', migrationsRun: false }, 'names the schema elsewhere'));
});

describe('Gatehouse in a database of its own', () => {
  let own: TestDatabase;

  beforeAll(async () => {
    own = await freshDatabase();
  });

  afterAll(() => own?.drop());

  it('serves the complete flow with the host’s users, and nothing of it is in the host’s database', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-host-'));
    const shop = await startShop({
      database: await emptyDatabase(),
      module: (issuer) =>
        GatehouseModule.forRoot({
          ...shopSettings(issuer),
          ...(own.url ? { database: { url: own.url } } : { dataDir }),
          imports: [CustomersModule],
          userStore: { useExisting: AppUsers },
        }),
    });
    await completeFlow(shop);
    expect(await tablesOf(shop.app.get(DataSource))).toEqual(['customer', 'migrations']);
    await shop.app.close();
    rmSync(dataDir, { recursive: true });
  });
});
