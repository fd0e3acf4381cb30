export * from './access-token.guard.js';
