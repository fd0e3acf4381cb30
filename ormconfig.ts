import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { dataSourceOptions, patientOptions } from './src/database/data-source-options.js';

/** The migration CLI's DataSource, on the server's own database but without its time limits. */
export default new DataSource(
  patientOptions(
    dataSourceOptions({
      url: process.env.DATABASE_URL,
      dataDir: process.env.GATEHOUSE_DATA_DIR ?? './data',
    }),
  ),
);
