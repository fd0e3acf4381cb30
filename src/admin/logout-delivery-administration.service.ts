import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/index.js';
import { LogoutDeliveriesService } from '../logout-delivery/index.js';
import type { LogoutDeliveriesPage, LogoutDeliveryCounts } from '../logout-delivery/index.js';
import type { LogoutDelivery } from '../sessions/index.js';
import { LogoutDeliveredError, LogoutDeliveryNotFoundError } from './logout-delivery-errors.js';

/** What administrators do about applications that have to be told of sign-outs. */
@Injectable()
export class LogoutDeliveryAdministrationService {
  constructor(private readonly deliveries: LogoutDeliveriesService) {}

  list(page: LogoutDeliveriesPage): Promise<[LogoutDelivery[], number]> {
    return this.deliveries.list(page);
  }

  counts(clientId?: string): Promise<LogoutDeliveryCounts> {
    return this.deliveries.counts(clientId);
  }

  /** @throws LogoutDeliveryNotFoundError */
  async get(id: string): Promise<LogoutDelivery> {
    const delivery = await this.deliveries.find(id);
    if (!delivery) throw new LogoutDeliveryNotFoundError();
    return delivery;
  }

  /** The application is told again at once. @throws LogoutDeliveryNotFoundError, LogoutDeliveredError */
  async retry(id: string, actor: Actor): Promise<void> {
    await this.get(id);
    if (!(await this.deliveries.retry(id, actor))) throw new LogoutDeliveredError();
  }
}
