export * from './initial-access-token.entity.js';
