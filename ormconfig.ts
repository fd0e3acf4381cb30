import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './src/database/data-source-options.js';

/** The migration CLI's DataSource, on the same database as the server's: `npm run migration:run`. */
export default new DataSource(
  dataSourceOptions({
    url: process.env.DATABASE_URL,
    dataDir: process.env.GATEHOUSE_DATA_DIR ?? './data',
  }),
);
