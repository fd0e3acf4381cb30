import { embeddedPostgres } from 'gatehouse';
import { AddCustomers1700000000000 } from './add-customers.migration.js';

const { DATABASE_URL: url, SHOP_DATA_DIR: dataDir = 'data/embed-example' } = process.env;

/** The shop's own connection, with the shop's own migrations. */
export const connection = {
  ...(url ? { type: 'postgres' as const, url } : embeddedPostgres({ dataDir })),
  autoLoadEntities: true,
  migrations: [AddCustomers1700000000000],
  migrationsRun: true,
};
