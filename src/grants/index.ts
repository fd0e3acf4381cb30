export * from './authorization-code/authorization-code.entity.js';
export * from './authorization-code/authorization-codes.service.js';
export { GrantType } from './grant.js';
export type { Grant, GrantRequest } from './grant.js';
export * from './grants.module.js';
export * from './grants.service.js';
export * from './resources-of.js';
export { OAuthErrorDto } from './token.dto.js';
export * from './authorization-code/authorization-code.grant.js';
