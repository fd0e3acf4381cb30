import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { aCertificate, aDirectory } from './certificates.js';

const run = promisify(execFile);

/** Fetches with the built server's own fetcher, in a process of its own: what Node trusts is settled at its start. */
const SCRIPT = `
import 'reflect-metadata';
import { lookup } from 'node:dns/promises';
import { settingsFrom } from './dist/src/config/index.js';
import { GuardedFetcher } from './dist/src/fetching/index.js';
const settings = settingsFrom({ environment: 'test', port: 3000, fetching: { allowedHosts: ['localhost'] } });
const fetcher = new GuardedFetcher(settings, { addresses: (host) => lookup(host, { all: true }) });
const fetched = fetcher.get(process.env.URL_TO_FETCH, { accept: '*/*', maximumBytes: 100 });
console.log(await fetched.then(({ body }) => body.toString(), ({ reason }) => reason));
`;

describe('the URLs of clients, over TLS', () => {
  const files = aCertificate(aDirectory());
  let host: Server;
  let url: string;
  beforeAll(async () => {
    const options = { cert: readFileSync(files.cert), key: readFileSync(files.key) };
    host = createServer(options, (_, response) => response.end('here'));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    url = `https://localhost:${(host.address() as AddressInfo).port}/`;
  });
  afterAll(() => new Promise((resolve) => host.close(resolve)));

  const fetched = async (env: NodeJS.ProcessEnv): Promise<string> => {
    const own = { ...process.env, URL_TO_FETCH: url, NODE_NO_WARNINGS: '1', ...env };
    return (await run(process.execPath, ['--input-type=module', '-e', SCRIPT], { env: own })).stdout.trim();
  };

  it('are trusted when NODE_EXTRA_CA_CERTS vouches for them', async () => {
    expect(await fetched({ NODE_EXTRA_CA_CERTS: files.cert })).toBe('here');
  });

  it('are refused without, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    expect(await fetched({})).toBe('untrusted-certificate');
    expect(await fetched({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toBe('untrusted-certificate');
  });
});
