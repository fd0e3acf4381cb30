import type { HelperDelegate, HelperOptions } from 'handlebars';
import type { AssetName, PageAsset } from './page-assets.js';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** The functions that templates, an operator's too, may call. */
export function templateFunctions(issuer: string, assets: Readonly<Record<AssetName, PageAsset>>) {
  const root = new URL(issuer).pathname.replace(/\/$/, '');
  return {
    /** `{{path "/a" id "b" key=value}}`: a link below the issuer; segments and query are encoded. */
    path: (first: string, ...rest: unknown[]) => root + first + segments(rest) + query(rest.at(-1)),
    asset: (name: AssetName) => `${root}/assets/${name}?v=${assets[name].version}`,
    /** The letter that stands for a name whose picture is missing. */
    initial: (name: unknown) =>
      (typeof name === 'string' && /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase()) || '•',
    date: (instant: string) => written(instant, DAY),
    time: (instant: string) => (INSTANT.test(instant) ? `${written(instant, MINUTE)} UTC` : instant),
    is: (left: unknown, right: unknown) => left === right,
    /** Whether a list, or a string of words, holds the word. */
    includes: (list: readonly string[] | string, word: string) =>
      (typeof list === 'string' ? list.split(' ') : list).includes(word),
  } satisfies Record<string, HelperDelegate>;
}

function segments(rest: readonly unknown[]): string {
  return rest
    .slice(0, -1)
    .map((segment) => `/${encodeURIComponent(String(segment))}`)
    .join('');
}

function query(options: unknown): string {
  const parameters = new URLSearchParams((options as HelperOptions).hash as Record<string, string>);
  return parameters.size > 0 ? `?${parameters.toString()}` : '';
}

function written(instant: string, format: Intl.DateTimeFormat): string {
  const date = new Date(instant);
  return INSTANT.test(instant) && !Number.isNaN(date.getTime()) ? format.format(date) : instant;
}
