export { LocalAccessTokenVerifier } from './local-access-token.verifier.js';
