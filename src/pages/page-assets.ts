import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that every page links to. */
export interface PageAsset {
  readonly type: string;
  readonly body: Buffer;
  /** Changes with the content, so that a browser may keep the file for ever. */
  readonly version: string;
}

export type AssetName = 'gatehouse.css' | 'mark.svg';

const BUILT_IN = fileURLToPath(new URL('assets/', import.meta.url));

/** Reads the style sheet and the mark; an operator's `brand.css` is appended, so that it survives upgrades. */
export function loadAssets(overrides: string | undefined): Readonly<Record<AssetName, PageAsset>> {
  const style = [readAsset('gatehouse.css', overrides), readIfThere('brand.css', overrides)];
  return {
    'gatehouse.css': asset('text/css; charset=utf-8', style.join('\n')),
    'mark.svg': asset('image/svg+xml', readAsset('mark.svg', overrides)),
  };
}

function readAsset(name: AssetName, overrides: string | undefined): string {
  return readIfThere(name, overrides) ?? readFileSync(join(BUILT_IN, name), 'utf8');
}

function readIfThere(name: string, directory: string | undefined): string | undefined {
  const file = directory && join(directory, name);
  return file && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function asset(type: string, text: string): PageAsset {
  const body = Buffer.from(text);
  return { type, body, version: createHash('sha256').update(body).digest('base64url').slice(0, 12) };
}
