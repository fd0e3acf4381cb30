import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { Guide } from './guide.js';
import { allow } from './person.js';

const PAGE = 'docs/getting-started.md';

describe(PAGE, () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-guide-'));
  let guide: Guide;
  let server: ChildServer;

  afterAll(async () => {
    await guide?.close();
    await server?.stop();
  });

  it('leads from nothing to tokens for two applications, word for word', async () => {
    const port = await freePort();
    guide = new Guide(PAGE, {
      directory,
      addresses: { 'http://localhost:3000': `http://localhost:${port}` },
    });
    // What takes long or does not end is done here; all else is typed.
    const notTyped = guide.blocks.filter(({ language }) => language === 'shell').map(({ text }) => text);
    expect(notTyped).toEqual(['npm ci', 'GATEHOUSE_CONFIG=gatehouse.yaml npm start']);

    await guide.follow(0, 1);
    const env = { GATEHOUSE_CONFIG: join(directory, 'gatehouse.yaml'), DATABASE_URL: undefined };
    server = await startChildServer({ directory, port, env });
    await guide.follow(1, Infinity, async (printed) => {
      const address = /http:\S+\/oauth\/authorize\S+/.exec(printed)![0];
      const callback = await allow(address, 'wiliam', 'a-password-of-wiliam');
      expect(callback.href).toMatch('http://localhost:1111/callback?');
      return callback.searchParams.get('code')!;
    });
  });
});
