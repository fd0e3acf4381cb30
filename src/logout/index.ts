export * from './logout.module.js';
