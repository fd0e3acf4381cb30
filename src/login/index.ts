export * from './login.module.js';
export * from './sign-in.filter.js';
