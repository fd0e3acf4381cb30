import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Settings } from '../config/index.js';
import { Database, prepared } from '../database/index.js';
import { CLIENT_CACHE_TTL } from './clients.service.js';
import { withRegistrable } from './registrable-flows.js';

const FIND = prepared(
  `SELECT coalesce(array_agg(DISTINCT type) FILTER (WHERE kind = 'grant'), '{}') AS grant_types,
     coalesce(array_agg(DISTINCT type) FILTER (WHERE kind = 'response'), '{}') AS response_types,
     EXISTS (SELECT 1 FROM gh_client WHERE allow_pkce_plain AND NOT disabled) AS pkce_plain,
     EXISTS (SELECT 1 FROM gh_client WHERE id_token_signed_response_alg = 'HS256' AND NOT disabled) AS hs256,
     EXISTS (SELECT 1 FROM gh_client WHERE NOT disabled AND (request_object_signing_alg = 'none'
       OR request_object_signing_alg IS NULL AND registered_with IS NOT NULL)) AS unsigned_requests
   FROM (SELECT 'grant' AS kind, unnest(grant_types) AS type FROM gh_client WHERE NOT disabled
         UNION ALL SELECT 'response', unnest(response_types) FROM gh_client WHERE NOT disabled) AS used`,
);

/** What at least one client is registered for, or may register itself for. */
export interface FlowsInUse {
  readonly grant_types: readonly string[];
  readonly response_types: readonly string[];
  readonly pkce_plain: boolean;
  readonly hs256: boolean;
  readonly unsigned_requests: boolean;
}

/** Tells which flows exist here: a discouraged one is advertised only where a client may use it. */
@Injectable()
export class FlowsInUseService {
  private readonly cache = new LRUCache<'flows', FlowsInUse>({
    max: 1,
    ttl: CLIENT_CACHE_TTL,
    fetchMethod: async () => {
      const [inUse] = await this.database.run<FlowsInUse>(FIND, []);
      return withRegistrable(inUse!, this.settings.registration);
    },
  });

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  async find(): Promise<FlowsInUse> {
    return (await this.cache.fetch('flows'))!;
  }
}
