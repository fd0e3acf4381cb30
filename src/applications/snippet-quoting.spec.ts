import { execFileSync } from 'node:child_process';
import { inShell, javascript } from './snippet-quoting.js';

const AWKWARD = ['plain', `it's "quoted"`, '$HOME `id` $(id) \\', 'a b\tc', '!#&*;<>?[]{}|~', 'line\nbreak'];

describe('quoting in snippets', () => {
  it.each(AWKWARD)('keeps %j one word of a shell', (text) => {
    const output = execFileSync('sh', ['-c', `printf %s ${inShell(text)}`]);
    expect(output.toString()).toBe(text);
  });

  it.each(AWKWARD)('keeps %j one string of JavaScript', (text) => {
    // What is written for people to paste is what has to be run here.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    expect(new Function(`return ${javascript(text)}`)()).toBe(text);
  });
});
