import type { Client } from '../clients/index.js';

/** One word of a shell, whatever it holds. */
export const inShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A string of JavaScript, in the quotes that most people use. */
export const javascript = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** How the client proves itself to the token endpoint, as options of curl. */
export function shellAuthentication({ id, authenticationMethod }: Client): string {
  if (authenticationMethod === 'client_secret_basic') return `-u ${inShell(`${id}:`)}"$CLIENT_SECRET"`;
  const named = `--data-urlencode ${inShell(`client_id=${id}`)}`;
  return authenticationMethod === 'none' ? named : `${named} --data-urlencode "client_secret=$CLIENT_SECRET"`;
}
