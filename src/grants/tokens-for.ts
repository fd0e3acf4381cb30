import type { Client } from '../clients/index.js';
import type { Scope } from '../common/index.js';
import type { AdditionalToken } from '../tokens/index.js';

/** What comes with an access token that speaks for a user. */
export const tokensFor = (client: Client, scope: Scope): AdditionalToken[] => [
  ...(client.allowsGrantType('refresh_token') ? (['refresh_token'] as const) : []),
  ...(scope.has('openid') ? (['id_token'] as const) : []),
];
