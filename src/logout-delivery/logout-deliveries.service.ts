import { Injectable } from '@nestjs/common';
import { IsNull, Not, Repository } from 'typeorm';
import type { FindOptionsWhere } from 'typeorm';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../audit/index.js';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import { InjectRepository } from '../database/index.js';
import { KEEP_DELIVERIES, LogoutDelivery } from '../sessions/index.js';
import type { LogoutDeliveryState } from '../sessions/index.js';
import { LogoutDeliverer } from './logout-deliverer.js';

/** Which deliveries to list. */
export interface LogoutDeliveriesPage {
  readonly offset: number;
  readonly limit: number;
  readonly clientId?: string;
  readonly state?: LogoutDeliveryState;
}

/** How many there are of each state. */
export type LogoutDeliveryCounts = Readonly<Record<LogoutDeliveryState, number>>;

const STATES: Readonly<Record<LogoutDeliveryState, FindOptionsWhere<LogoutDelivery>>> = {
  pending: { nextAttemptAt: Not(IsNull()) },
  delivered: { deliveredAt: Not(IsNull()) },
  failed: { nextAttemptAt: IsNull(), deliveredAt: IsNull() },
};

/** Who was told of which sign-out: to be seen, and to be tried again. */
@Injectable()
export class LogoutDeliveriesService {
  constructor(
    @InjectRepository(LogoutDelivery) private readonly deliveries: Repository<LogoutDelivery>,
    private readonly deliverer: LogoutDeliverer,
    private readonly audit: AuditService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** A page of them, youngest first, and how many there are in all. */
  list({ offset, limit, clientId, state }: LogoutDeliveriesPage): Promise<[LogoutDelivery[], number]> {
    return this.deliveries.findAndCount({
      where: { ...(clientId !== undefined && { clientId }), ...(state && STATES[state]) },
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: offset,
      take: limit,
    });
  }

  /** Of one client, or of all. */
  async counts(clientId?: string): Promise<LogoutDeliveryCounts> {
    const one = (state: LogoutDeliveryState) =>
      this.deliveries.countBy({ ...(clientId !== undefined && { clientId }), ...STATES[state] });
    return { pending: await one('pending'), delivered: await one('delivered'), failed: await one('failed') };
  }

  find(id: string): Promise<LogoutDelivery | null> {
    return this.deliveries.findOneBy({ id });
  }

  /** Tries at once what has failed or waits, and goes on trying; false when it was delivered already. */
  async retry(id: string, actor: Actor): Promise<boolean> {
    const isDue = await this.audit.transaction(async (manager) => {
      const { affected } = await manager.update(LogoutDelivery, { id, deliveredAt: IsNull() }, this.again());
      if (!affected) return false;
      await this.audit.record(manager, {
        ...{ actor, action: 'logout_delivery.retried', target: id },
        changes: {},
      });
      return true;
    });
    if (isDue) this.deliverer.wake();
    return isDue;
  }

  private again() {
    const { giveUpAfter } = this.settings.logout;
    return {
      nextAttemptAt: this.clock.now(),
      giveUpAt: this.clock.in(giveUpAfter),
      expiresAt: this.clock.in(giveUpAfter + KEEP_DELIVERIES),
    };
  }
}
