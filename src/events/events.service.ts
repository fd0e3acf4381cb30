import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { OAuthEventMap, OAuthEventName } from './oauth-event-map.js';
import { ON_OAUTH_EVENT } from './on-oauth-event.decorator.js';

type Listener = (payload: never) => unknown;

/** Tells listeners what has happened: after it was saved, and without making anybody wait. */
@Injectable()
export class EventsService implements OnApplicationBootstrap {
  private readonly logger = new Logger('Events');
  private readonly listeners = new Map<OAuthEventName, Listener[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (instance && typeof instance === 'object') this.register(instance as object);
    }
  }

  emit<E extends OAuthEventName>(event: E, payload: OAuthEventMap[E]): void {
    const listeners = this.listeners.get(event);
    if (!listeners) return;
    for (const listener of listeners)
      setImmediate(() => void this.deliver(event, listener, payload as never));
  }

  private async deliver(event: OAuthEventName, listener: Listener, payload: never): Promise<void> {
    try {
      await listener(payload);
    } catch (error) {
      this.logger.error(`a listener of ${event} failed`, error instanceof Error ? error.stack : undefined);
    }
  }

  private register(instance: object): void {
    const prototype = Object.getPrototypeOf(instance) as Record<string, Listener> | null;
    if (!prototype) return;
    for (const name of this.scanner.getAllMethodNames(prototype)) {
      const method = prototype[name]!;
      const event = this.reflector.get<OAuthEventName | undefined>(ON_OAUTH_EVENT, method);
      if (event) this.listeners.set(event, [...(this.listeners.get(event) ?? []), method.bind(instance)]);
    }
  }
}
