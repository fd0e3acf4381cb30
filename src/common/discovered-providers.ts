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

/** Every provider, or controller, of the application whose class carries the decorator, in the order of loading. */
export function discoverProviders<T, M>(
  discovery: DiscoveryService,
  decorator: Decorator<M>,
): DiscoveredProvider<T, M>[] {
  const found = new Map<unknown, DiscoveredProvider<T, M>>();
  for (const wrapper of [...discovery.getProviders(), ...discovery.getControllers()]) {
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
  const found = discoverProviders<T, string>(discovery, decorator);
  const byName = uniqueBy(found, ({ metadata }) => metadata, kind);
  announce(`${kind}s`, [...byName.keys()]);
  return new Map([...byName].map(([name, { instance }]) => [name, instance]));
}

/** What was found, by a name that only one may claim. @throws Error at start, naming both */
export function uniqueBy<F extends { readonly name: string }>(
  found: readonly F[],
  nameOf: (one: F) => string,
  kind: string,
): ReadonlyMap<string, F> {
  const byName = new Map<string, F>();
  for (const one of found) {
    const name = nameOf(one);
    const other = byName.get(name);
    if (other) throw new Error(`${other.name} and ${one.name} both claim the ${kind} "${name}"`);
    byName.set(name, one);
  }
  return byName;
}

/** Tells whoever starts the server what was found of a kind; nothing, where nothing was. */
export function announce(kind: string, names: readonly string[]): void {
  if (names.length > 0) new Logger('Gatehouse').log(`${kind}: ${names.join(', ')}`);
}
