import { Logger } from '@nestjs/common';
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

/**
 * The providers that carry the decorator, by the name it gave them.
 * @throws Error at start, when two claim one name: neither can silently shadow the other.
 */
export function discoverUnique<T>(
  discovery: DiscoveryService,
  decorator: Decorator<string>,
  kind: string,
): ReadonlyMap<string, T> {
  const byName = new Map<string, DiscoveredProvider<T, string>>();
  for (const found of discoverProviders<T, string>(discovery, decorator)) {
    const other = byName.get(found.metadata);
    if (other) throw new Error(`${other.name} and ${found.name} both claim the ${kind} "${found.metadata}"`);
    byName.set(found.metadata, found);
  }
  new Logger('Gatehouse').log(`${kind}s: ${[...byName.keys()].join(', ')}`);
  return new Map([...byName].map(([name, { instance }]) => [name, instance]));
}
