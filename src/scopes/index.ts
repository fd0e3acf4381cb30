export * from './catalogue-errors.js';
export * from './registered-scope.entity.js';
export * from './registered-scopes.js';
export * from './resource.entity.js';
export * from './resources.js';
export * from './scopes.module.js';
export * from './scopes.service.js';
export * from './standard-scopes.js';
