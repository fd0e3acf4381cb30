export * from './revocation.module.js';
