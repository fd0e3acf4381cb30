/**
 * The entry point `gatehouse/resource-server`: it must load neither a database nor the authorization server,
 * so files here import those of `common` one by one, and nothing of any other folder.
 */
export * from './access-token-verifier.js';
export * from './access-token.decorators.js';
export * from './access-token.guard.js';
export { ResourceServerModule, accessTokenVerifier } from './resource-server.module.js';
export { protectedResourceMetadata } from './protected-resource.js';
export type { ProtectedResourceMetadata } from './protected-resource.js';
export type {
  IntrospectionOptions,
  ResourceDescription,
  ResourceServerOptions,
} from './resource-server-options.js';
