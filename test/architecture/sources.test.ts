import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { sources } from './sources.js';

const holding = (pattern: RegExp): string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

/** In code, not in the texts that are shown to people. */
function readsEnvironment(text: string): boolean {
  if (!text.includes('env')) return false;
  const isRead = (node: ts.Node): boolean =>
    (ts.isPropertyAccessExpression(node) && node.getText() === 'process.env') ||
    (ts.forEachChild(node, (child) => isRead(child) || undefined) ?? false);
  return isRead(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
}

describe('The files of src', () => {
  it('are 300 lines at most', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 301);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('read the environment in the configuration only', () => {
    const readers = sources.filter(({ text }) => readsEnvironment(text)).map(({ path }) => path);
    const entries = ['main.ts', 'cli/main.ts'];
    expect(readers.filter((path) => !path.startsWith('config/'))).toEqual(entries);
    const migrations = readFileSync(join(import.meta.dirname, '../../ormconfig.ts'), 'utf8');
    expect(migrations.match(/process\.env.*/g)).toEqual(['process.env);']);
  });

  it('have no forward references: no two modules need each other', () => {
    expect(holding(/\bforwardRef\b/)).toEqual([]);
  });

  it('have one global module, at the top', () => {
    expect(holding(/^@Global\(\)/m)).toEqual(['gatehouse-core.module.ts']);
  });

  it('lie in folders named after what they do', () => {
    const drawers = /(^|\/)(utils?|helpers?|shared|base|misc|core|lib)(\/|\.)/;
    expect(sources.filter(({ path }) => drawers.test(path)).map(({ path }) => path)).toEqual([]);
  });
});
