import type { ConsoleTable, ConsoleValue } from '../pages/index.js';

/** A path below the issuer; each part is encoded. */
export const adminPath = (...parts: readonly string[]): string =>
  ['/admin', ...parts.map(encodeURIComponent)].join('/');

/** The path with those of the parameters that have a value. */
export function withQuery(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((one): one is [string, string] => one[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return query === '' ? path : `${path}?${query}`;
}

export const text = (value: string | number | null | undefined, href?: string): ConsoleValue => ({
  text: value === null || value === undefined ? undefined : String(value),
  href,
});

export const code = (value: string | null | undefined, href?: string): ConsoleValue => ({
  code: value ?? undefined,
  href,
});

export const tags = (...values: readonly (string | false | null | undefined)[]): ConsoleValue => ({
  tags: values.filter((value): value is string => Boolean(value)),
});

export const at = (date: Date | null | undefined): ConsoleValue => ({ at: date?.toISOString() });

export const yesNo = (value: boolean): ConsoleValue => text(value ? 'yes' : 'no');

/** What is shown under which name. */
export const fact = (label: string, value: ConsoleValue) => ({ label, value });

export const table = (
  columns: readonly string[],
  rows: readonly (readonly ConsoleValue[])[],
): ConsoleTable => ({ columns, rows: rows.map((cells) => ({ cells })) });
