export * from './basics.js';
export * from './codes-and-tokens.js';
export * from './discovery.js';
export * from './keys.js';
export * from './registration.js';
export * from './request-objects.js';
export * from './sign-in.js';
