import { Injectable } from '@nestjs/common';
import { THE_SERVER } from '../audit/index.js';
import { ClientNotFoundError, ClientsService } from '../clients/index.js';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, prepared } from '../database/index.js';

/** Few, so that hardly any can be used between being found and being deleted. */
const BATCH = 50;
const EDITOR = { ...THE_SERVER, source: 'operator' } as const;

/** What users have allowed a client is purged one day, and so this is remembered. */
const REMEMBER_USED = prepared(
  `UPDATE gh_client SET used = true WHERE registered_with IS NOT NULL AND NOT used AND (
     EXISTS (SELECT 1 FROM gh_authorization WHERE gh_authorization.client_id = gh_client.client_id)
     OR EXISTS (SELECT 1 FROM gh_client_secret WHERE gh_client_secret.client_id = gh_client.client_id
                AND last_used_at IS NOT NULL))`,
);

/** Whoever acts for himself with a key of his own leaves no trace, and is spared. */
const FIND_UNUSED = prepared(
  `SELECT client_id FROM gh_client WHERE registered_with IS NOT NULL AND NOT used
     AND registration_digest IS NOT NULL AND created_at < $1
     AND NOT (token_endpoint_auth_method = 'private_key_jwt' AND 'client_credentials' = ANY (grant_types))
   ORDER BY created_at LIMIT $2`,
);

/** Deletes clients that registered themselves and were never used; those of administrators and owners stay. */
@Injectable()
export class UnusedClientsService {
  constructor(
    private readonly database: Database,
    private readonly clients: ClientsService,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** To be called before anything that shows their use is purged. */
  async rememberUsed(): Promise<void> {
    await this.database.run(REMEMBER_USED, []);
  }

  /** Returns how many clients went. */
  async delete(signal?: AbortSignal): Promise<number> {
    const { unusedTtl } = this.settings.registration;
    if (unusedTtl === 0) return 0;
    const before = new Date(this.clock.now().getTime() - unusedTtl * 1000);
    let deleted = 0;
    let found: { client_id: string }[];
    do {
      signal?.throwIfAborted();
      found = await this.database.run(FIND_UNUSED, [before, BATCH]);
      for (const { client_id } of found) await this.deleteOne(client_id);
      deleted += found.length;
    } while (found.length === BATCH);
    return deleted;
  }

  /** Another instance may be purging, too. */
  private async deleteOne(id: string): Promise<void> {
    try {
      await this.clients.delete(id, EDITOR);
    } catch (error) {
      if (!(error instanceof ClientNotFoundError)) throw error;
    }
  }
}
