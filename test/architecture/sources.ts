import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A file of the product, tests beside it left out. */
export interface Source {
  /** Below src, with slashes. */
  readonly path: string;
  /** The folder that it belongs to; null for the files at the top of src, which put the folders together. */
  readonly folder: string | null;
  readonly text: string;
}

/** Half of it is an entry point for other servers, the other half is for this one. */
const DIVIDED = 'resource-server/local';

const ROOT = join(import.meta.dirname, '../../src');

const paths: readonly string[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'));

export const sources: readonly Source[] = paths.map((path) => ({
  path,
  folder: folderOf(path),
  text: readFileSync(join(ROOT, path), 'utf8'),
}));

export const folders: readonly string[] = [...new Set(sources.flatMap(({ folder }) => folder ?? []))].sort();

/** An import of one file of ours by another. */
export interface Import {
  readonly from: Source;
  /** Below src, with the suffix of the written import. */
  readonly target: string;
  readonly folder: string | null;
}

/** Every import that leaves its own folder. */
export const imports: readonly Import[] = sources.flatMap((from) =>
  [...from.text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)]
    .map(([, written]) => posix.join(posix.dirname(from.path), written!))
    .map((target) => ({ from, target, folder: folderOf(target) }))
    .filter(({ folder }) => folder !== from.folder),
);

function folderOf(path: string): string | null {
  if (!path.includes('/')) return null;
  return path.startsWith(`${DIVIDED}/`) ? DIVIDED : path.split('/')[0]!;
}
