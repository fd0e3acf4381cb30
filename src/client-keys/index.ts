export * from './client-keys.js';
export * from './client-keys.module.js';
