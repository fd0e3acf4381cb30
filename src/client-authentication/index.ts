export * from './client-authentication.guard.js';
export * from './client-authentication.module.js';
export * from './client-authentication-method.js';
export * from './client-authenticator.js';
export * from './used-assertion.entity.js';
