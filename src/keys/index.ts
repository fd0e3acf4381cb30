export * from './jwt.service.js';
export * from './keys.module.js';
export * from './signing-key.entity.js';
