import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Response } from 'express';
import { baselineHeaders } from './page-headers.js';

/** A file that every page links to. */
export interface PageAsset {
  readonly type: string;
  readonly body: Buffer;
  /** Changes with the content, so that a browser may keep the file for ever. */
  readonly version: string;
}

export type AssetName = 'gatehouse.css' | 'mark.svg';

const FOR_EVER = 'public, max-age=31536000, immutable';
const FOR_MINUTES = 'public, max-age=300';

const BUILT_IN = fileURLToPath(new URL('assets/', import.meta.url));

/** Reads the style sheet and the mark; an operator's `brand.css` is appended, so that it survives upgrades. */
export function loadAssets(overrides: string | undefined): Readonly<Record<AssetName, PageAsset>> {
  const style = [readAsset('gatehouse.css', overrides), readIfThere('brand.css', overrides)];
  return {
    'gatehouse.css': asset('text/css; charset=utf-8', style.join('\n')),
    'mark.svg': asset('image/svg+xml', readAsset('mark.svg', overrides)),
  };
}

/** @param version that the address names: what is at the address of a version never changes */
export function sendAsset(response: Response, asset: PageAsset, version: unknown, secure: boolean): void {
  response
    .set({
      ...baselineHeaders(secure),
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Content-Type': asset.type,
      'Cache-Control': version === asset.version ? FOR_EVER : FOR_MINUTES,
    })
    .send(asset.body);
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
