import { SetMetadata } from '@nestjs/common';
import type { OAuthEventMap, OAuthEventName } from './oauth-event-map.js';

export const ON_OAUTH_EVENT = Symbol('ON_OAUTH_EVENT');

type Handler<E extends OAuthEventName> = (payload: OAuthEventMap[E]) => void | Promise<void>;

/**
 * Calls this method of a provider after the event has happened and was saved.
 * It gets plain data, and whatever it throws is logged: it cannot fail a request.
 */
export const OnOAuthEvent =
  <E extends OAuthEventName>(event: E) =>
  <T extends Handler<E>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T>,
  ): void => {
    SetMetadata(ON_OAUTH_EVENT, event)(target, key, descriptor);
  };
