import { isDeepStrictEqual } from 'node:util';

/** What a field was and what it is, as JSON; null where there is nothing. */
export interface Change {
  readonly before: unknown;
  readonly after: unknown;
}

/** By field. */
export type Changes = Readonly<Record<string, Change>>;

/** Stands for a value that nobody may read, such as a password: only that it changed is recorded. */
export const HIDDEN = '(not recorded)';

/** The fields that differ. @param before null for what was made, @param after null for what was deleted */
export function changesBetween(before: object | null, after: object | null): Changes {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changes = [...names].map((name): [string, Change] => [
    name,
    { before: valueOf(before, name), after: valueOf(after, name) },
  ]);
  return Object.fromEntries(changes.filter(([, one]) => !isDeepStrictEqual(one.before, one.after)));
}

/** As JSON keeps it, so that a date equals the text that is stored of it. */
function valueOf(state: object | null, name: string): unknown {
  const isThere = state !== null && Object.hasOwn(state, name);
  const value: unknown = isThere ? (Reflect.get(state, name) ?? null) : null;
  return JSON.parse(JSON.stringify(value)) as unknown;
}
