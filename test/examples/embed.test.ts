import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/child-server.js';
import { Guide } from './guide.js';
import { allow } from './person.js';
import { Terminal } from './terminal.js';

describe('examples/embed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-example-'));
  let address: string;
  let shop: Terminal;

  beforeAll(async () => {
    const port = await freePort();
    address = `http://localhost:${port}`;
    const env = { PORT: String(port), SHOP_DATA_DIR: directory, DATABASE_URL: undefined };
    shop = new Terminal(process.execPath, ['dist-examples/embed/main.js'], { env });
    await shop.until(/^The shop at/m);
  });

  afterAll(async () => {
    await shop?.end();
    rmSync(directory, { recursive: true });
  });

  const get = (path: string) => fetch(address + path, { redirect: 'manual' });

  it('does what its README says', async () => {
    const addresses = { 'http://localhost:3002': address };
    const guide = new Guide('examples/embed/README.md', { addresses });
    const outputs = await guide
      .follow(0, Infinity, async (printed) => {
        const [asked] = /http:\S+\/oauth\/authorize\S+/.exec(printed)!;
        const callback = await allow(asked, 'carla@example.com', 'tea for two');
        return callback.searchParams.get('code')!;
      })
      .finally(() => guide.close());
    expect(outputs[0]).toMatch(/^HTTP\/1.1 401 .*^WWW-Authenticate: Bearer realm=/ms);
    expect(outputs.at(-1)).toMatch(/^HTTP\/1.1 200 .*"customer":"C-1001".*Darjeeling/ms);
  });

  it('keeps the shop at its own addresses, and has Gatehouse below its prefix', async () => {
    expect(await (await get('/')).text()).toContain('<h1>The tea shop</h1>');
    expect((await get('/auth/account')).headers.get('location')).toMatch(/\/auth\/login\?return_to=/);
    const found = (await (await get('/.well-known/oauth-authorization-server/auth')).json()) as object;
    expect(found).toMatchObject({ issuer: `${address}/auth`, token_endpoint: `${address}/auth/oauth/token` });
  });

  it('documents the API of the shop, with the scope that it wants', async () => {
    const { paths } = (await (await get('/docs/openapi.json')).json()) as { paths: Record<string, object> };
    expect(paths['/orders']).toMatchObject({ get: { security: [{ oauth2: ['orders'] }] } });
    expect(Object.keys(paths).filter((path) => path.startsWith('/auth'))).toEqual([]);
  });
});
