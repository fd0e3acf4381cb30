export { MetadataController } from './metadata.controller.js';
export * from './metadata.module.js';
export * from './server-metadata.js';
