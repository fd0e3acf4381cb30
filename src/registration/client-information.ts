import { ClientMetadata, toMetadata } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { declaredFields } from '../common/index.js';
import type { ClientInformationDto } from './registration.dto.js';

/** What only now is known in the clear. */
export interface Disclosed {
  readonly issuer: string;
  readonly registrationAccessToken: string;
  readonly secret?: string;
}

/** What a client is told of itself: all that is registered, defaults included. @see RFC 7591 §3.2.1, RFC 7592 §3 */
export const clientInformation = (
  client: Client,
  { issuer, registrationAccessToken, secret }: Disclosed,
): ClientInformationDto => ({
  client_id: client.id,
  client_id_issued_at: secondsOf(client.createdAt),
  ...(secret !== undefined && { client_secret: secret }),
  ...(client.secrets.length > 0 && { client_secret_expires_at: expiryOf(client) }),
  ...registeredMetadata(client),
  ...(client.softwareStatement !== null && { software_statement: client.softwareStatement }),
  registration_access_token: registrationAccessToken,
  registration_client_uri: `${issuer}/oauth/register/${encodeURIComponent(client.id)}`,
});

/** Nothing of what only an operator says. */
function registeredMetadata(client: Client): object {
  const metadata = toMetadata(client);
  const names = declaredFields(ClientMetadata).filter((name) => name !== 'readable_secret');
  return Object.fromEntries(
    names.map((name) => [name, Reflect.get(metadata, name)]).filter(([, value]) => value !== undefined),
  ) as object;
}

/** When the last of its secrets expires; 0 = never. @see RFC 7591 §3.2.1 */
function expiryOf({ secrets }: Client): number {
  const expiries = secrets.map(({ expiresAt }) => expiresAt);
  return expiries.some((expiry) => expiry === null) ? 0 : Math.max(...expiries.map((one) => secondsOf(one!)));
}

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);
