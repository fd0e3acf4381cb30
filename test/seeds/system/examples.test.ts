import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allow } from '../../examples/person.js';
import { Terminal } from '../../examples/terminal.js';
import { freePort, startChildServer } from '../../support/child-server.js';

describe('Seeds: examples that run', () => {
  // @see examples/custom-grant/README.md, examples/custom-grant/main.ts
  it('row 7: a finished project to compare with builds and starts', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-seeds-'));
    const port = await freePort();
    const env = { PORT: String(port), GATEHOUSE_DATA_DIR: directory, DATABASE_URL: undefined };
    const example = new Terminal(process.execPath, ['dist-examples/custom-grant/main.js'], { env });
    try {
      await example.until(/A PIN for alice/);
      const metadata = await fetch(`http://localhost:${port}/.well-known/openid-configuration`);
      const { grant_types_supported: grants } = (await metadata.json()) as {
        grant_types_supported: string[];
      };
      expect(grants).toEqual(expect.arrayContaining(['authorization_code', expect.stringMatching(/pin$/)]));
    } finally {
      await example.end();
      rmSync(directory, { recursive: true, force: true });
    }
  });

  // @see examples/client-demo/client-demo.mjs, examples/client-demo/README.md
  it('row 8: a demo client is refused, gets tokens, calls the API and refreshes', async () => {
    const redirectUri = `http://localhost:${await freePort()}/callback`;
    const server = await startChildServer({
      config: configFor(redirectUri),
      env: { GATEHOUSE_REFRESH_TOKEN_GRACE: '1s', DATABASE_URL: undefined },
    });
    const env = {
      ...{ ISSUER: server.issuer, CLIENT_ID: 'demo', CLIENT_SECRET: 'secret-of-row-8', GRACE: '1' },
      REDIRECT_URI: redirectUri,
    };
    const demo = new Terminal(process.execPath, ['examples/client-demo/client-demo.mjs'], { env });
    try {
      const [address] = await demo.until(/http:\S+\/oauth\/authorize\?\S+/);
      await fetch(await allow(address, 'alice', 'a-password-of-row-8'));
      expect(await demo.ended()).toBe(0);
      const statuses = [...demo.output.matchAll(/^(\d{3}) http\S+\/(me|token)$/gm)].map((found) => found[1]);
      expect(statuses.slice(0, 5)).toEqual(['401', '200', '200', '200', '200']);
      expect(demo.output).toContain('"username": "alice"');
    } finally {
      await server.stop();
    }
  });
});

const configFor = (redirectUri: string): object => ({
  clients: [
    {
      client_id: 'demo',
      client_secret: 'secret-of-row-8',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid offline_access user_info',
    },
  ],
  users: [{ username: 'alice', password: 'a-password-of-row-8' }],
});
