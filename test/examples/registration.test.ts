import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { Guide } from './guide.js';

const PAGE = 'docs/registration.md';

describe(PAGE, () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-guide-'));
  let guide: Guide;
  let server: ChildServer;

  afterAll(async () => {
    await guide?.close();
    await server?.stop();
  });

  it('leads from a token for one client to a client that deletes itself, word for word', async () => {
    const port = await freePort();
    const addresses = { 'http://localhost:3000': `http://localhost:${port}` };
    guide = new Guide(PAGE, { directory, addresses });
    await guide.follow(0, 1);
    const env = { GATEHOUSE_CONFIG: join(directory, 'gatehouse.yaml'), DATABASE_URL: undefined };
    server = await startChildServer({ directory, port, env });
    const [, registered, read, replaced, deleted] = await guide.follow(1, Infinity);
    expect(registered).toContain('registration_access_token');
    expect(read).toContain('"client_name":"Timesheets"');
    expect(replaced).toContain('"client_name":"Timesheets 2"');
    expect(deleted).toContain('204');
  });
});
