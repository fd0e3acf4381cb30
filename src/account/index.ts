export * from './account.module.js';
export * from './connected-applications.service.js';
export * from './home.module.js';
