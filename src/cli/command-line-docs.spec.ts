import { readFileSync } from 'node:fs';
import { commandLineDocs } from './command-line-docs.js';

describe('docs/command-line.md', () => {
  it('is what `npm run docs` writes', () => {
    const committed = new URL('../../docs/command-line.md', import.meta.url);
    expect(readFileSync(committed, 'utf8')).toBe(commandLineDocs());
  });

  it('has the help of every command, and the commands of no other release', () => {
    const titles = [...commandLineDocs().matchAll(/^### gatehouse (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual([
      'serve',
      'user create',
      'user disable',
      'user enable',
      'client create',
      'client list',
      'client delete',
      'initial-access-token create',
      'initial-access-token list',
      'initial-access-token delete',
      'tokens purge',
      'keys rotate',
      'keys list',
      'config check',
    ]);
  });
});
