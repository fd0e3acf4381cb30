export * from './metadata.module.js';
export * from './server-metadata.js';
