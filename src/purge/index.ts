export * from './purge.module.js';
export * from './purge.service.js';
