import { Injectable } from '@nestjs/common';
import { ClientKeys } from '../client-keys/index.js';
import type { Client } from '../clients/index.js';
import { Clock, digestOf, numericDate } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, prepared } from '../database/index.js';
import { CLOCK_SKEW, checkAssertionClaims } from './assertion-claims.js';
import type { ValidAssertion } from './assertion-claims.js';
import { refused } from './client-assertion.js';
import type { AssertionCredentials } from './client-assertion.js';
import type { AuthenticationRequest } from './client-authentication-method.js';

/** Whoever inserts it first has used it, on whichever instance. */
const USE = prepared(
  'INSERT INTO gh_used_assertion (digest, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
);

/** JWTs by which clients prove themselves, each of them once. @see RFC 7523 §3 */
@Injectable()
export class ClientAssertions {
  constructor(
    private readonly keys: ClientKeys,
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * @param algorithms of the method; the one that the client is registered with, if any, is the only one of them
   * @throws InvalidClientError
   */
  async verify(
    client: Client,
    { assertion }: AssertionCredentials,
    algorithms: readonly string[],
    { endpoint }: AuthenticationRequest,
  ): Promise<void> {
    const allowed = algorithms.filter((one) => one === client.assertionAlgorithm);
    const checks = { algorithms: allowed.length > 0 ? allowed : algorithms };
    const signed = await this.keys.verify(client, assertion, checks);
    if (!signed) throw refused(`is not signed by a key of the client with ${checks.algorithms.join(' or ')}`);
    const { issuer } = this.settings;
    const audiences = [issuer, `${issuer}/oauth/token`, endpoint];
    const context = { clientId: client.id, audiences, now: numericDate(this.clock.now()) };
    await this.use(client, checkAssertionClaims(signed, context));
  }

  /** It is remembered for as long as an instance with a slower clock may take it. */
  private async use(client: Client, { jti, expiresAt }: ValidAssertion): Promise<void> {
    const until = new Date((expiresAt + 2 * CLOCK_SKEW) * 1000);
    // A client_id holds no space, so no two pairs make one text.
    const used = await this.database.run(USE, [digestOf(`${client.id} ${jti}`), until]);
    if (used.length === 0) throw refused('was used before');
  }
}
