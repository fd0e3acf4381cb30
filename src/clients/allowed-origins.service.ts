import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, prepared } from '../database/index.js';
import { CLIENT_CACHE_TTL } from './clients.service.js';

const IS_ALLOWED = prepared(
  'SELECT EXISTS (SELECT 1 FROM gh_client WHERE allowed_origins @> ARRAY[$1] AND NOT disabled) AS allowed',
);

/** The origins whose pages may call this server: those that clients have registered. */
@Injectable()
export class AllowedOriginsService {
  private readonly cache = new LRUCache<string, { allowed: boolean }>({
    max: 1000,
    ttl: CLIENT_CACHE_TTL,
    fetchMethod: (origin) => this.load(origin),
  });

  constructor(private readonly database: Database) {}

  async isAllowed(origin: string): Promise<boolean> {
    return (await this.cache.fetch(origin))?.allowed ?? false;
  }

  private async load(origin: string): Promise<{ allowed: boolean }> {
    const [row] = await this.database.run<{ allowed: boolean }>(IS_ALLOWED, [origin]);
    return row!;
  }
}
