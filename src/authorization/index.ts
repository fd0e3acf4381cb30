export * from './authorization.module.js';
