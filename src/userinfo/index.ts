export * from './userinfo.module.js';
