import { Injectable } from '@nestjs/common';
import { ClientSecretsService } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { InvalidClientError } from '../common/index.js';
import { ClientAuthentication } from './client-authentication-method.js';
import type { AuthenticationRequest, ClientAuthenticationMethod } from './client-authentication-method.js';
import type { SecretCredentials } from './secret-credentials.js';

/** RFC 6749 Appendix A.1, A.2: an identifier and a secret are VSCHAR. */
const PRINTABLE = /^[\x20-\x7e]*$/;
const BASIC = /^basic +([\w+/]+={0,2})$/i;

/** HTTP Basic; both halves are form-encoded first. @see RFC 6749 §2.3.1, RFC 7617 §2 */
@Injectable()
@ClientAuthentication('client_secret_basic')
export class ClientSecretBasicMethod implements ClientAuthenticationMethod<SecretCredentials> {
  constructor(private readonly secrets: ClientSecretsService) {}

  extract({ authorization }: AuthenticationRequest): SecretCredentials | null {
    if (authorization === undefined || !/^basic(\s|$)/i.test(authorization)) return null;
    const encoded = BASIC.exec(authorization)?.[1];
    if (encoded === undefined) throw malformed();
    const decoded = strictBase64(encoded);
    const colon = decoded.indexOf(':');
    if (colon < 1) throw malformed();
    return { clientId: formDecode(decoded.slice(0, colon)), secret: formDecode(decoded.slice(colon + 1)) };
  }

  async verify(client: Client, { secret }: SecretCredentials): Promise<void> {
    if (secret === '' || !(await this.secrets.matches(client, secret))) throw refused();
  }
}

/** Buffer.from skips what is not base64, so what does not encode back to itself was not base64. */
function strictBase64(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) throw malformed();
  return bytes.toString('utf8');
}

/** Many clients do not encode what needs no encoding; those that do write `%` and `+`. */
function formDecode(text: string): string {
  const decoded = percentDecoded(text.replaceAll('+', ' '));
  if (decoded !== null && PRINTABLE.test(decoded)) return decoded;
  throw malformed();
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const malformed = (): InvalidClientError =>
  new InvalidClientError('the Authorization header is malformed', { challenge: true });
const refused = (): InvalidClientError =>
  new InvalidClientError('client authentication failed', { challenge: true });
