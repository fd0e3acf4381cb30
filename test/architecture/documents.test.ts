import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LINK = /\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g;

describe('the documents', () => {
  const documents = ['README.md', ...markdownIn('docs'), ...markdownIn('bench'), ...markdownIn('examples')];

  it.each(documents)('%s links only to what exists', (document) => {
    const targets = [...readFileSync(document, 'utf8').matchAll(LINK)].map((match) => match[1]!);
    const missing = targets.filter((target) => !existsSync(join(dirname(document), target)));
    expect(missing).toEqual([]);
  });
});

const markdownIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name));
