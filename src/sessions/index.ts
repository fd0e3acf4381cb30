export * from './browsers.service.js';
export * from './csrf.guard.js';
export * from './session.entity.js';
export * from './session.guard.js';
export * from './session.js';
export * from './sessions.module.js';
export * from './sessions.service.js';
export * from './sign-in-needed.error.js';
