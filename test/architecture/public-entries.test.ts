import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { imports, sources } from './sources.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string | { types: string; default: string }>;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

const parsed = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(posix.join('src', path), 'utf8'), ts.ScriptTarget.Latest, true);

/** What a file names to be loaded with it. Text that only looks like an import is none. */
const namedBy = (path: string): string[] =>
  parsed(path)
    .statements.filter((one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one))
    .filter((one) => !(ts.isImportDeclaration(one) ? one.importClause?.isTypeOnly : one.isTypeOnly))
    .flatMap(({ moduleSpecifier }) =>
      moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : [],
    );

const loadedBy = (path: string): string[] =>
  namedBy(path)
    .filter((target) => target.startsWith('.'))
    .map((target) => posix.join(posix.dirname(path), target.replace(/\.js$/, '.ts')));

function reachableFrom(entry: string): string[] {
  const reached = new Set([entry]);
  for (const path of reached) loadedBy(path).forEach((target) => reached.add(target));
  return [...reached];
}

/** An `await` that no function surrounds: `await x`, `for await`, `await using`. */
function awaitsAtTheTop(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
  return ts.forEachChild(node, (child) => awaitsAtTheTop(child) || undefined) ?? false;
}

describe('The public entries', () => {
  const entries = Object.values(manifest.exports)
    .flatMap((target) => (typeof target === 'string' ? [] : [target.default]))
    .map((file) => posix.relative('dist/src', file).replace(/\.js$/, '.ts'));

  it('are the API, the guards of other processes, and what tests need', () => {
    expect(entries).toEqual(['index.ts', 'resource-server/index.ts', 'testing/index.ts']);
    expect(manifest.exports['./package.json']).toBe('./package.json');
  });

  // A CommonJS host loads them through require(esm), which knows no top-level await.
  it.each(entries)('%s reaches no file that awaits while it is loaded', (entry) => {
    const reached = reachableFrom(entry);
    expect(reached.length).toBeGreaterThan(10);
    expect(reached.filter((path) => awaitsAtTheTop(parsed(path)))).toEqual([]);
  });

  it('are the only ones that could: the check sees the awaits of the programs', () => {
    const awaiting = sources.map(({ path }) => path).filter((path) => awaitsAtTheTop(parsed(path)));
    expect(awaiting.sort()).toEqual(['cli/main.ts', 'main.ts']);
  });

  it('leave what tests need to tests', () => {
    expect(reachableFrom('index.ts').filter((path) => path.startsWith('testing/'))).toEqual([]);
    expect(imports.filter(({ folder, from }) => folder === 'testing' && from.folder !== 'testing')).toEqual(
      [],
    );
  });

  it('import nothing that only a development installation has', () => {
    const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const packages = sources.flatMap(({ path }) => namedBy(path)).filter((name) => !name.startsWith('.'));
    const named = packages.filter((name) => !name.startsWith('node:')).map(packageOf);
    expect([...new Set(named)].filter((name) => !installed.includes(name))).toEqual([]);
  });

  it('run nothing on the machine of whoever installs the package', () => {
    const atInstall = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
    expect(Object.keys(manifest.scripts).filter((name) => atInstall.includes(name))).toEqual([]);
  });
});

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
