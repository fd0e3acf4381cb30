import type { Client } from '../clients/index.js';
import type { ApplicationContext } from '../pages/index.js';

type Warning = ApplicationContext['warnings'][number];

/** What is allowed to this application and should not be needed, with the reason. @see RFC 9700 */
export function warningsFor(client: Client): Warning[] {
  return [
    ...(client.allowsGrantType('implicit') ? [IMPLICIT] : []),
    ...(client.allowsGrantType('password') ? [PASSWORD] : []),
    ...(client.allowPkcePlain ? [PLAIN_PKCE] : []),
  ];
}

const IMPLICIT: Warning = {
  title: 'This application may receive tokens in the address bar (implicit or hybrid flow).',
  reason:
    'They leak through the browser history, referrers and scripts, and cannot be bound to the application: ' +
    'use the authorization code with PKCE instead.',
  source: 'RFC 9700 §2.1.2',
};

const PASSWORD: Warning = {
  title: 'This application may ask people for their password (password grant).',
  reason:
    'It sees a secret that opens everything, and people learn to type it anywhere; a second factor is not possible. ' +
    'Use the authorization code with PKCE instead.',
  source: 'RFC 9700 §2.4',
};

const PLAIN_PKCE: Warning = {
  title: 'This application may send its PKCE challenge as plain text.',
  reason:
    'Whoever sees the authorization request can then redeem its code: send code_challenge_method=S256 instead.',
  source: 'RFC 9700 §2.1.1',
};
