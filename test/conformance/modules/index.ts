export * from './basics.js';
export * from './codes-and-tokens.js';
export * from './sign-in.js';
export * from './request-objects.js';
