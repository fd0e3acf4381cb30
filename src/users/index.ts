export * from './local-user.entity.js';
export * from './local-users.service.js';
export * from './user.js';
export * from './user-store.js';
export * from './user-errors.js';
export * from './user-exists.error.js';
export * from './users.module.js';
