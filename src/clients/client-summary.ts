import type { Client } from './client.entity.js';

/** What people are shown of an application. */
export const clientSummary = (client: Client) => ({
  name: client.name,
  logoUri: client.logoUri ?? undefined,
  clientUri: client.clientUri ?? undefined,
  policyUri: client.policyUri ?? undefined,
  tosUri: client.tosUri ?? undefined,
});
