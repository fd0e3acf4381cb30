import type { Type } from '@nestjs/common';
import type { DiscoveryService } from '@nestjs/core';

/** One provider that carries a decorator, with what the decorator was given. */
export interface DiscoveredProvider<T, M> {
  readonly name: string;
  readonly instance: T;
  readonly metadata: M;
}

type Decorator<M> = ReturnType<typeof DiscoveryService.createDecorator<M>>;

/** Every provider of the application whose class carries the decorator, in the order of loading. */
export function discoverProviders<T, M>(
  discovery: DiscoveryService,
  decorator: Decorator<M>,
): DiscoveredProvider<T, M>[] {
  const found = new Map<unknown, DiscoveredProvider<T, M>>();
  for (const wrapper of discovery.getProviders()) {
    const metadata = wrapper.metatype ? discovery.getMetadataByDecorator(decorator, wrapper) : undefined;
    if (metadata === undefined || !wrapper.instance) continue;
    const { name } = wrapper.metatype as Type;
    found.set(wrapper.instance, { name, instance: wrapper.instance as T, metadata });
  }
  return [...found.values()];
}
