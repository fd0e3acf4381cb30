import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/index.js';
import { InvalidRequestUriError } from '../common/index.js';
import { GuardedFetcher } from '../fetching/index.js';

/** Characters. @see OpenID Connect Core §6.2 */
const LONGEST_URI = 512;
/** Bytes. */
const LARGEST_OBJECT = 65_536;

/** Gets request objects from where clients publish them. What is not registered is never fetched. */
@Injectable()
export class RequestUrisService {
  constructor(private readonly fetcher: GuardedFetcher) {}

  /**
   * The request object at one of the client's registered request_uris, as it is there now.
   * @throws InvalidRequestUriError
   * @see OpenID Connect Core §6.2, RFC 9101 §5.2, §10.4.1
   */
  async fetch(client: Client, uri: string): Promise<string> {
    const isRegistered = client.requestUris.some((one) => withoutFragment(one) === withoutFragment(uri));
    if (!isRegistered || uri.length > LONGEST_URI)
      throw invalid('request_uri is not registered for this client');
    const accept = 'application/oauth-authz-req+jwt, application/jwt;q=0.9, */*;q=0.1';
    const options = { accept, maximumBytes: LARGEST_OBJECT };
    const answer = await this.fetcher.get(withoutFragment(uri), options).catch(refuse);
    if (answer.status !== 200) refuse(new Error(`the status is ${answer.status}`));
    return answer.body.toString('utf8').trim();
  }
}

/** It may be a digest of the content, for servers that keep a copy: it does not say where the object is. */
const withoutFragment = (uri: string): string => uri.split('#', 1)[0]!;

/** Why is for the log: on the wire it would map a network. */
function refuse(cause: unknown): never {
  throw invalid('nothing can be fetched from request_uri', cause);
}

const invalid = (description: string, cause?: unknown): InvalidRequestUriError =>
  new InvalidRequestUriError(description, { parameter: 'request_uri', cause });
