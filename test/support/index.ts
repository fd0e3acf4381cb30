export * from './browser.js';
export * from './builders.js';
export * from './clock.js';
export * from './http.js';
export * from './jwt.js';
export * from './relying-party.js';
export * from './server.js';
export * from './expectations.js';
