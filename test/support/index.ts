export * from './builders.js';
export * from './testing.js';
export * from './jwt.js';
export * from './server.js';
export * from './expectations.js';
export * from './management.js';
export * from './key-holder.js';
export * from './web-host.js';
