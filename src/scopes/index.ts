export * from './registered-scope.entity.js';
export * from './resource.entity.js';
export * from './scopes.module.js';
export * from './scopes.service.js';
export * from './standard-scopes.js';
