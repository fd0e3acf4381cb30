/**
 * Claims whose meaning a standard gives to the server, whether or not they are there at the moment: whoever could add
 * one would change what a token proves.
 * @see RFC 7519 §4.1, RFC 7662 §2.2, RFC 7800 §3.1, RFC 8693 §4, RFC 9068 §2.2, OpenID Connect Core §2, §3.3.2.11
 */
export const SERVER_CLAIMS: ReadonlySet<string> = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  ...['client_id', 'scope', 'authorization_id', 'authorization_details', 'cnf', 'act', 'may_act'],
  ...['auth_time', 'nonce', 'acr', 'amr', 'azp', 'at_hash', 'c_hash', 's_hash', 'sid', 'sub_jwk', 'events'],
  ...['active', 'token_type', 'username'],
]);
