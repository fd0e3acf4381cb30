import { explainRedirectUri } from '../clients/index.js';
import type { Client, ClientRefusal } from '../clients/index.js';

/** What most likely helps, where the reason alone does not say it. */
const ADVICE: Readonly<Record<string, string>> = {
  invalid_client:
    'Compare the secret with the one that was copied here, and the way it is sent with the examples above.',
  invalid_grant:
    'A code works once and for a short time, and a refresh token is replaced whenever it is used.',
  invalid_scope: 'Tick the scope in the settings, or ask for less.',
  unauthorized_client: 'Tick the grant type in the settings.',
};

/** Why a request was refused, in words that tell its developer what to change. */
export function explanationOf(refusal: ClientRefusal, client: Client): string {
  const { parameter, description, requested, occurrences } = refusal;
  const reason = requested === null ? description : explainRedirectUri(requested, client.redirectUris);
  const where = parameter === '' || requested !== null ? '' : ` (parameter ${parameter})`;
  const often =
    occurrences > 1 ? `${occurrences.toLocaleString('en')} times in all, this is the latest.` : null;
  return [`${reason}${where}`, ADVICE[refusal.error], often].filter(Boolean).join('\n');
}
