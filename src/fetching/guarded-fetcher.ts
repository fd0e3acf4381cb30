import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { WorkQueue } from '../common/index.js';
import { Settings } from '../config/index.js';
import { exchange } from './exchange.js';
import type { Exchange, Fetched } from './exchange.js';
import { FetchError, toFetchError } from './fetch-error.js';
import { fetchTarget } from './fetch-target.js';
import { anyAddress, guardedLookup } from './guarded-lookup.js';
import { HostNames } from './host-names.js';

export type { Fetched } from './exchange.js';

export interface GetOptions {
  /** The Accept header. */
  readonly accept: string;
  /** A longer body is a {@link FetchError}, as soon as it is too long. */
  readonly maximumBytes: number;
}

export interface PostOptions {
  /** Of the answer, which is read and thrown away; 16 kB unless told. */
  readonly maximumBytes?: number;
}

type Request = Omit<Exchange, 'url' | 'lookup' | 'rejectUnauthorized' | 'signal'>;

/** How many fetches go on at a time, and how many more may wait. */
const AT_A_TIME = { everywhere: 64, toOneHost: 8, waiting: 500 };

/**
 * The one way to a URL that somebody else has named: https with a verified certificate, to public addresses only
 * (checked where the connection is made), no redirects, within `fetching.timeout` and a size.
 * `fetching.allowedHosts` exempts hosts from the addresses and from https, and with `fetching.untrustedCertificates`
 * from the verified certificate, too.
 *
 * @see RFC 6890, RFC 9700 §4.1, OWASP Server Side Request Forgery Prevention
 */
@Injectable()
export class GuardedFetcher implements OnApplicationShutdown {
  private readonly running = new Set<(error: FetchError) => void>();
  private readonly everywhere = new WorkQueue(AT_A_TIME.everywhere, AT_A_TIME.waiting);
  private readonly hosts = new LRUCache<string, WorkQueue>({ max: 1000 });

  constructor(
    private readonly settings: Settings,
    private readonly names: HostNames,
  ) {}

  /**
   * The answer, whatever its status: a redirect is not followed, and is for the caller to refuse.
   * @throws FetchError
   */
  get(url: string, { accept, maximumBytes }: GetOptions): Promise<Fetched> {
    return this.fetch(url, { method: 'GET', headers: { accept }, maximumBytes });
  }

  /**
   * Sends a form; of the answer only the status is told.
   * @throws FetchError
   */
  async post(
    url: string,
    form: Readonly<Record<string, string>>,
    { maximumBytes = 16_384 }: PostOptions = {},
  ): Promise<{ status: number }> {
    const body = new URLSearchParams(form).toString();
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    };
    const { status } = await this.fetch(url, { method: 'POST', headers, body, maximumBytes });
    return { status };
  }

  onApplicationShutdown(): void {
    for (const abort of this.running) abort(new FetchError('shutdown'));
  }

  private async fetch(text: string, request: Request): Promise<Fetched> {
    const { allowedHosts, untrustedCertificates } = this.settings.fetching;
    const { url, isAllowedHost } = fetchTarget(text, allowedHosts);
    const rejectUnauthorized = !(isAllowedHost && untrustedCertificates);
    const lookup = guardedLookup(this.names, isAllowedHost ? anyAddress : undefined);
    const headers = { 'accept-encoding': 'identity', 'user-agent': 'Gatehouse', ...request.headers };
    return this.inTime((signal) =>
      this.inTurn(url.host, () => {
        signal.throwIfAborted();
        return exchange({ ...request, url, headers, lookup, rejectUnauthorized, signal });
      }),
    );
  }

  /** The deadline counts from the call: waiting for others and the look-up of the name are a part of it. */
  private async inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason as FetchError));
    });
    const abort = (error: FetchError): void => controller.abort(error);
    const timer = setTimeout(abort, this.settings.fetching.timeout * 1000, new FetchError('timeout'));
    this.running.add(abort);
    try {
      return await Promise.race([aborted, work(controller.signal)]);
    } catch (error) {
      throw controller.signal.aborted ? controller.signal.reason : toFetchError(error);
    } finally {
      clearTimeout(timer);
      this.running.delete(abort);
    }
  }

  private inTurn<T>(host: string, work: () => Promise<T>): Promise<T> {
    const queue = this.hosts.get(host) ?? new WorkQueue(AT_A_TIME.toOneHost, AT_A_TIME.waiting);
    this.hosts.set(host, queue);
    return queue.run(() => this.everywhere.run(work));
  }
}
