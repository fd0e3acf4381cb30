export * from './client-keys.js';
export * from './client-keys.module.js';
export { hasRepeatedNames } from './repeated-names.js';
export { compactJws } from './compact-jws.js';
export type { CompactJws } from './compact-jws.js';
