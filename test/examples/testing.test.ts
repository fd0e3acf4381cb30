import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

describe('examples/testing', () => {
  it('passes its own tests, as its README says', async () => {
    const readme = readFileSync('examples/testing/README.md', 'utf8');
    const commands = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, command]) => command!);
    const { stdout } = await run('bash', ['-ec', commands.join('')]);
    expect(stdout).toMatch(/^# pass 16$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });
});
