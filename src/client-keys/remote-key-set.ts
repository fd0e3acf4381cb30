import { Logger } from '@nestjs/common';
import type { JWK } from 'jose';
import type { Clock } from '../common/index.js';
import { FetchError } from '../fetching/index.js';
import type { GuardedFetcher } from '../fetching/index.js';
import { cacheLifetime } from './cache-lifetime.js';
import { publicKeysIn } from './public-keys.js';

/** Bytes. */
const MAXIMUM_JWKS = 65_536;
/** Milliseconds between two fetches, whatever is asked for. */
const PAUSE = 10_000;
/** Milliseconds that keys outlive their freshness while they cannot be fetched again. */
const GRACE = 3_600_000;

const EARLIER = Number.NEGATIVE_INFINITY;

/** The keys that one client publishes at its jwks_uri, as they were read last. */
export class RemoteKeySet {
  private readonly logger = new Logger('Client keys');
  private known: readonly JWK[] = [];
  private freshUntil = EARLIER;
  private fetchedAt = EARLIER;
  private flight?: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly clientId: string,
    private readonly fetcher: GuardedFetcher,
    private readonly clock: Clock,
  ) {}

  /** The keys, read again when they are no longer fresh; none when they cannot be read for too long. */
  async keys(): Promise<readonly JWK[]> {
    if (this.now >= this.freshUntil) await this.fetchUnlessJustDone();
    return this.now < this.freshUntil + GRACE ? this.known : [];
  }

  /** The keys, read again because those known will not do; null when they were read a moment ago. */
  async newerKeys(): Promise<readonly JWK[] | null> {
    const before = this.known;
    await this.fetchUnlessJustDone();
    return this.known === before ? null : this.known;
  }

  /** Whoever asks during a fetch waits for that one. */
  private async fetchUnlessJustDone(): Promise<void> {
    if (!this.flight && this.now < this.fetchedAt + PAUSE) return;
    await (this.flight ??= this.fetch().finally(() => (this.flight = undefined)));
  }

  private async fetch(): Promise<void> {
    this.fetchedAt = this.now;
    try {
      const answer = await this.fetcher.get(this.url, { accept: ACCEPT, maximumBytes: MAXIMUM_JWKS });
      if (answer.status !== 200) throw new Error(`answered with ${answer.status}`);
      this.known = publicKeysIn(answer.body);
      this.freshUntil = this.now + cacheLifetime(answer.headers['cache-control']) * 1000;
    } catch (error) {
      const reason = error instanceof FetchError ? error.reason : (error as Error).message;
      this.logger.warn(`jwks_uri of client ${this.clientId}: ${reason}`);
    }
  }

  private get now(): number {
    return this.clock.now().getTime();
  }
}

const ACCEPT = 'application/jwk-set+json, application/json;q=0.9';
