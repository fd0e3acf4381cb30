import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { ClientsService } from '../clients/index.js';
import { isDatabaseUnavailable } from '../database/index.js';
import { EventsService, OnOAuthEvent } from '../events/index.js';
import { GuardedFetcher } from '../fetching/index.js';
import { failureReason, refusalReason } from './failure-reason.js';
import { LogoutOutbox } from './logout-outbox.js';
import type { ClaimedDelivery } from './logout-outbox.js';
import { LogoutTokens } from './logout-tokens.js';

/** How often what others left behind, or what failed, is looked for, in milliseconds. */
const EVERY = 5_000;
const AT_A_TIME = 32;
/** Of the answer, which nobody reads. */
const LONGEST_ANSWER = 256 * 1024;

/**
 * Tells applications behind the browser that a session ended: begun as soon as its end is committed, repeated until
 * they have heard it. No user ever waits for it.
 * @see OpenID Connect Back-Channel Logout 1.0 §2.5
 */
@Injectable()
export class LogoutDeliverer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Logout');
  private readonly underWay = new Map<string, { clientId: string; work: Promise<void> }>();
  private claiming: Promise<void> | null = null;
  private isAsked = false;
  private isClosing = false;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly outbox: LogoutOutbox,
    private readonly clients: ClientsService,
    private readonly tokens: LogoutTokens,
    private readonly fetcher: GuardedFetcher,
    private readonly events: EventsService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), EVERY).unref();
    this.wake();
  }

  /** What is under way may still end well; what is not begun waits for the next start, or for another instance. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    clearInterval(this.timer);
    await this.claiming;
    await Promise.all([...this.underWay.values()].map(({ work }) => work));
  }

  /** Begins whatever is due. */
  @OnOAuthEvent('user.signed_out')
  wake(): void {
    if (this.isClosing) return;
    this.isAsked = true;
    this.claiming ??= this.claimAll();
  }

  private async claimAll(): Promise<void> {
    try {
      while (this.isAsked) {
        this.isAsked = false;
        await this.claim();
      }
    } catch (error) {
      if (!isDatabaseUnavailable(error)) this.logger.error('deliveries cannot be read', stackOf(error));
    } finally {
      this.claiming = null;
    }
  }

  private async claim(): Promise<void> {
    const room = AT_A_TIME - this.underWay.size;
    if (room === 0 || this.isClosing) return;
    const busy = [...this.underWay.values()].map(({ clientId }) => clientId);
    for (const delivery of await this.outbox.claim(room, busy)) this.begin(delivery);
  }

  private begin(delivery: ClaimedDelivery): void {
    const { id, clientId } = delivery;
    const work = this.attempt(delivery)
      .catch((error: unknown) => this.logger.error('a delivery was not recorded', stackOf(error)))
      .finally(() => {
        this.underWay.delete(id);
        this.wake();
      });
    this.underWay.set(id, { clientId, work });
  }

  private async attempt(delivery: ClaimedDelivery): Promise<void> {
    const { clientId, sessionId, attempts } = delivery;
    const reason = await this.tell(delivery).catch(failureReason);
    if (reason === null) {
      await this.outbox.succeeded(delivery);
      return this.events.emit('logout.delivered', { clientId, sessionId, attempts });
    }
    if (await this.outbox.failed(delivery, reason)) {
      this.logger.warn(`client ${clientId} could not be told of a sign-out: ${reason}`);
      this.events.emit('logout.undelivered', { clientId, sessionId, attempts, reason });
    }
  }

  /** Null when the application has heard it, or else why not. A disabled one is told, too. */
  private async tell(delivery: ClaimedDelivery): Promise<string | null> {
    const client = await this.clients.find(delivery.clientId);
    const address = client?.backchannelLogoutUri;
    if (!client || !address) return 'it has no address for it any more';
    const logout_token = await this.tokens.make(client, delivery);
    const { status } = await this.fetcher.post(address, { logout_token }, { maximumBytes: LONGEST_ANSWER });
    return refusalReason(status);
  }
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? '') : String(error));
