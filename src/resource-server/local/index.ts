export { LocalAccessTokenVerifier } from './local-access-token.verifier.js';
export { ProtectedResourceModule } from './protected-resource.module.js';
