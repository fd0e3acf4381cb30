export * from './initial-access-token.entity.js';
export * from './initial-access-tokens.module.js';
export * from './initial-access-tokens.service.js';
export * from './registration-errors.js';
export * from './registration.module.js';
