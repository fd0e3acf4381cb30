export * from './login.module.js';
export * from './sign-in.filter.js';
export * from './sign-up.module.js';
export * from './signed-in-user.js';
export * from './sign-in-purpose.js';
