import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

describe('docs/seeds.md', () => {
  it('is what `npm run docs` writes', () => {
    const generated = execFileSync(process.execPath, ['scripts/seeds-docs.mjs', '--print'], {
      encoding: 'utf8',
    });
    expect(readFileSync('docs/seeds.md', 'utf8')).toBe(generated);
  });
});
