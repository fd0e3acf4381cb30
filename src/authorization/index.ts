export * from './authorization.module.js';
export { ResponseMode } from './response-mode.js';
export type { ResponseFields, ResponseSender } from './response-mode.js';
