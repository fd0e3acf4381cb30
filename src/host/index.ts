export { Guest } from './guest.js';
export { HostDatabaseModule } from './host-database.module.js';
export { HostModule } from './host.module.js';
export { modulesBelow } from './mounted.js';
