import { compactJws } from '../client-keys/index.js';
import { InvalidClientError } from '../common/index.js';
import type { AuthenticationRequest, ClientCredentials } from './client-authentication-method.js';

/** @see RFC 7523 §2.2 */
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A JWT by which somebody says to be this client; nothing of it is proven. */
export interface AssertionCredentials extends ClientCredentials {
  readonly assertion: string;
  readonly algorithm: string;
}

/**
 * The client assertion of a request; null when it has none that is a JWT. The client is the one that it names.
 * @throws InvalidClientError
 * @see RFC 7521 §4.2
 */
export function clientAssertion({ parameters }: AuthenticationRequest): AssertionCredentials | null {
  const { client_assertion: assertion, client_assertion_type: type, client_id: clientId } = parameters;
  if (assertion === undefined && type === undefined) return null;
  if (assertion === undefined || type === undefined) throw refused('is one parameter of two');
  if (type !== TYPE) return null;
  const jws = compactJws(assertion);
  const subject = jws?.payload['sub'];
  if (!jws || typeof subject !== 'string') throw refused('is no JWT with a subject');
  if (clientId !== undefined && clientId !== subject) throw refused('names another client than client_id');
  return { clientId: subject, assertion, algorithm: jws.header.alg };
}

/** Everybody is told the same; what was wrong is for the owner of the client. */
export const refused = (reason: string): InvalidClientError =>
  new InvalidClientError('client authentication failed', { cause: new Error(`the assertion ${reason}`) });
