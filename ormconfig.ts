import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { loadSettings } from './src/config/index.js';
import { dataSourceOptions, patientOptions } from './src/database/index.js';
import { gatehouseEntities as entities } from './src/gatehouse-entities.js';

const { database, dataDir } = loadSettings(process.env);

/** The migration CLI's DataSource, on the server's own database but without its time limits. */
export default new DataSource(patientOptions(dataSourceOptions({ url: database.url, dataDir, entities })));
