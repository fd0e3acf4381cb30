export * from './introspection.module.js';
