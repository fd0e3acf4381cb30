import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { DynamicModule, Type } from '@nestjs/common';

type Imported = Type | DynamicModule;

/** A module and all that it imports, each once. */
export function modulesBelow(roots: readonly Imported[]): Set<Type> {
  const found = new Set<Type>();
  const visit = (one: Imported): void => {
    const module = 'module' in one ? one.module : one;
    if (found.has(module)) return;
    found.add(module);
    const named = (Reflect.getMetadata(MODULE_METADATA.IMPORTS, module) ?? []) as Imported[];
    [...named, ...(('imports' in one && one.imports) || [])].forEach((imported) =>
      visit(imported as Imported),
    );
  };
  roots.forEach(visit);
  return found;
}

/** The controllers of these modules. */
export const controllersOf = (modules: Iterable<Type>): Set<Type> =>
  new Set(
    [...modules].flatMap(
      (module) => (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? []) as Type[],
    ),
  );
