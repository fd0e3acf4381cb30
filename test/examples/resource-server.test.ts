import { execFileSync } from 'node:child_process';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { Guide } from './guide.js';
import { Terminal } from './terminal.js';

describe('examples/resource-server', () => {
  let server: ChildServer;

  beforeAll(async () => {
    const GATEHOUSE_CONFIG = 'examples/resource-server/gatehouse.yaml';
    server = await startChildServer({ env: { GATEHOUSE_CONFIG, DATABASE_URL: undefined } });
  });

  afterAll(() => server.stop());

  /** The API in a process of its own, for as long as it is used. */
  const withApi = async (args: string[], use: (url: string) => Promise<void>): Promise<void> => {
    const port = await freePort();
    const env = { ISSUER: server.issuer, PORT: String(port) };
    const api = new Terminal(process.execPath, ['dist-examples/resource-server/main.js', ...args], { env });
    try {
      await api.until(/^Notes at/m);
      await use(`http://localhost:${port}`);
    } finally {
      await api.end();
    }
  };

  it.each([
    { by: 'keys', args: [] },
    { by: 'introspection', args: ['--introspect'] },
  ])('does what its README says, tokens by $by', async ({ args }) => {
    await withApi(args, async (url) => {
      const addresses = { 'http://localhost:3000': server.issuer, 'http://localhost:3001': url };
      const guide = new Guide('examples/resource-server/README.md', { addresses });
      const [without, read, write, metadata] = await guide.follow(0, Infinity).finally(() => guide.close());
      expect(without).toMatch(/^HTTP\/1.1 401 .*^WWW-Authenticate: Bearer realm=/ms);
      expect(read).toMatch(/^HTTP\/1.1 200 .*^\[\]/ms);
      expect(write).toMatch(/^HTTP\/1.1 403 .*error="insufficient_scope", scope="notes.write"/ms);
      expect(JSON.parse(metadata!)).toMatchObject({ authorization_servers: [server.issuer] });
    });
  });

  it.each([
    { by: 'keys', args: [], afterRevocation: 200 },
    { by: 'introspection', args: ['--introspect'], afterRevocation: 401 },
  ])('answers $afterRevocation after a revocation, tokens by $by', async ({ args, afterRevocation }) => {
    await withApi(args, async (url) => {
      const { access_token: token } = (await (
        await asReader('token', { grant_type: 'client_credentials', resource: 'https://notes.example.com' })
      ).json()) as { access_token: string };
      const call = async (): Promise<number> =>
        (await fetch(`${url}/notes`, { headers: { authorization: `Bearer ${token}` } })).status;
      expect(await call()).toBe(200);
      await asReader('revoke', { token });
      expect(await call()).toBe(afterRevocation);
    });
  });

  it('loads the guards without the database', () => {
    const loaded = execFileSync(process.execPath, ['--input-type=module', '--eval', LIST_LOADED], {
      encoding: 'utf8',
    });
    expect(loaded).toContain('/dist/src/resource-server/resource-server.module.js');
    expect(loaded).not.toMatch(
      /node_modules\/(typeorm|pg|@electric-sql|@node-rs|passport|@nestjs\/(typeorm|passport))\//,
    );
    expect(loaded).not.toMatch(/\/dist\/src\/(?!resource-server\/|common\/)/);
  });

  const asReader = (endpoint: string, form: Record<string, string>): Promise<Response> =>
    fetch(`${server.issuer}/oauth/${endpoint}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('notes-reader:notes-reader-secret')}` },
      body: new URLSearchParams(form),
    });
});

/** Prints every module that the entry point loads: ESM by a hook, CommonJS from its cache. */
const HOOK = `import { writeSync } from 'node:fs';
export function load(url, context, next) { writeSync(1, url + '\\n'); return next(url, context); }`;
const LIST_LOADED = `import Module, { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOK)}));
await import('gatehouse/resource-server');
console.log(Object.keys(Module._cache).join('\\n'));`;
