import { explainRedirectUri } from '../clients/index.js';
import type { Client, ClientRefusal } from '../clients/index.js';

/** Why a request was refused, in words that tell its developer what to change. */
export function explanationOf(refusal: ClientRefusal, client: Client): string {
  const { parameter, description, requested, occurrences } = refusal;
  const reason = requested === null ? description : explainRedirectUri(requested, client.redirectUris);
  const where = parameter === '' || requested !== null ? '' : ` (parameter ${parameter})`;
  const often =
    occurrences > 1 ? `\n${occurrences.toLocaleString('en')} times in all, this is the latest.` : '';
  return `${reason}${where}${often}`;
}
