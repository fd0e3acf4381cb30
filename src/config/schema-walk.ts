import { z } from 'zod';

/** A setting of the schema: its dotted path and the schema of its value. */
export interface Leaf {
  readonly path: string;
  readonly schema: z.ZodType;
}

/** Every leaf below a shape, in the order in which the schema names them. */
export function leavesOf(shape: Readonly<Record<string, unknown>>, parent: string[] = []): Leaf[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const path = [...parent, key];
    const inner = unwrapped(schema);
    return inner instanceof z.ZodObject
      ? leavesOf(inner.shape, path)
      : [{ path: path.join('.'), schema: schema as z.ZodType }];
  });
}

/** The schema at a path of keys and indexes, or undefined where the schema ends. */
export function schemaAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((schema, key) => {
    const inner = unwrapped(schema);
    if (inner instanceof z.ZodArray) return inner.element;
    return inner instanceof z.ZodObject ? inner.shape[String(key)] : undefined;
  }, root);
}

/** The keys that the object at a path knows. */
export function keysAt(root: unknown, path: readonly PropertyKey[]): string[] {
  const inner = unwrapped(schemaAt(root, path));
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** The default of a leaf as the schema spells it, or undefined when it has none. */
export function defaultOf(schema: unknown): unknown {
  return schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault
    ? schema.def.defaultValue
    : undefined;
}

function unwrapped(schema: unknown): unknown {
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault;
  return isWrapper ? unwrapped(schema.def.innerType) : schema;
}
