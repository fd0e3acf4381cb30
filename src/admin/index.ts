export * from './admin.module.js';
export { ClientAdministrationService } from './client-administration.service.js';
export { UserAdministrationService } from './user-administration.service.js';
