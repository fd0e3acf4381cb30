export * from './client-keys.js';
export * from './client-keys.module.js';
export { hasRepeatedNames } from './repeated-names.js';
