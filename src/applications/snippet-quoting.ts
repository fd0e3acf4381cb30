import type { Client } from '../clients/index.js';

/** One word of a shell, whatever it holds. */
export const inShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A string of JavaScript, in the quotes that most people use. */
export const javascript = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A JWT that the application has signed beforehand. @see RFC 7523 §2.2 */
const ASSERTION =
  '-d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer -d "client_assertion=$CLIENT_ASSERTION"';

/** How the client proves itself to the token endpoint, as options of curl. */
export function shellAuthentication({ id, authenticationMethod }: Client): string {
  if (authenticationMethod === 'client_secret_basic') return `-u ${inShell(`${id}:`)}"$CLIENT_SECRET"`;
  if (authenticationMethod.endsWith('_jwt')) return ASSERTION;
  const named = `--data-urlencode ${inShell(`client_id=${id}`)}`;
  return authenticationMethod === 'none' ? named : `${named} --data-urlencode "client_secret=$CLIENT_SECRET"`;
}
