export * from './applications.module.js';
export * from './own-applications.service.js';
