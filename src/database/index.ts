export { Database } from './database.js';
export { DatabaseModule, type DatabaseModuleAsyncOptions } from './database.module.js';
export { DatabaseUnavailableError, isDatabaseUnavailable } from '../common/index.js';
export {
  dataSourceOptions,
  embeddedPostgres,
  isServed,
  patientOptions,
  type DatabaseOptions,
  type DataSourceSettings,
} from './data-source-options.js';
export { dumpDatabase } from './dump-database.js';
export { migrate, migrateHost } from './migrator.js';
export { migrations } from './migrations/index.js';
export { prepared, type PreparedStatement } from './prepared-statement.js';
export { statementsSent } from './statement-counting.js';
export { LastUses } from './last-uses.js';
export { GATEHOUSE_DATA_SOURCE, InjectRepository, repositoriesOf } from './repositories.js';
