import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Imports that are there at run time: `import type` and inline types are gone by then. */
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;

describe('the entry point gatehouse/resource-server', () => {
  const { files, packages } = reachableFrom('src/resource-server/index.ts');

  it('loads no database, no TypeORM entity and no password hashing: only what guards need', () => {
    expect([...packages].sort()).toEqual([
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/swagger',
      'jose',
      'lru-cache',
      'node:crypto',
    ]);
  });

  it('reaches no folder but its own and common', () => {
    const folders = new Set([...files].map((file) => file.split('/')[1]));
    expect([...folders].sort()).toEqual(['common', 'resource-server']);
    expect([...files].filter((file) => file.includes('/local/'))).toEqual([]);
  });
});

function reachableFrom(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const [, target] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (target!.startsWith('.')) files.add(join(dirname(file), target!.replace(/\.js$/, '.ts')));
      else packages.add(target!);
    }
  }
  return { files, packages };
}
