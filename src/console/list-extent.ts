import { withQuery } from './values.js';

/** Which part of a list is shown. */
export interface ListPart {
  readonly path: string;
  readonly filters: Readonly<Record<string, string | undefined>>;
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
}

/** Where the parts before and after it are, and what it is a part of. */
export function extentOf({ path, filters, offset, limit, total }: ListPart) {
  const to = (start: number) =>
    withQuery(path, { ...filters, offset: start > 0 ? String(start) : undefined });
  const end = Math.min(offset + limit, total);
  return {
    extent: total === 0 ? '0 found' : `${Math.min(offset + 1, total)} to ${end} of ${total}`,
    previous: offset > 0 ? to(Math.max(0, offset - limit)) : undefined,
    next: offset + limit < total ? to(offset + limit) : undefined,
  };
}
