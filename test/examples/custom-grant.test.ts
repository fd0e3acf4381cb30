import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/child-server.js';
import { Guide } from './guide.js';
import { Terminal } from './terminal.js';

it('examples/custom-grant does what its README says', async () => {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-example-'));
  const env = { PORT: String(port), GATEHOUSE_DATA_DIR: directory, DATABASE_URL: undefined };
  const server = new Terminal(process.execPath, ['dist-examples/custom-grant/main.js'], { env });
  const addresses = { 'http://localhost:3000': `http://localhost:${port}` };
  const guide = new Guide('examples/custom-grant/README.md', { addresses });
  try {
    const [, pin] = await server.until(/A PIN for alice: (\d{6})/);
    const [, first, second] = await guide.follow(0, Infinity, () => Promise.resolve(pin!));
    expect(first).toMatch(/^HTTP\/1.1 200 .*"access_token":.*"scope":"read user_info"/ms);
    expect(second).toMatch(/^HTTP\/1.1 400 .*"invalid_grant"/ms);
  } finally {
    await guide.close();
    await server.end();
    rmSync(directory, { recursive: true });
  }
});
