import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { settingsFrom } from '../../../src/config/index.js';
import { GuardedFetcher, HostNames } from '../../../src/fetching/index.js';
import type { FetchError } from '../../../src/fetching/index.js';
import { CERTIFICATE, KEY } from './certificate.js';

/** Every name is this machine. */
class Loopback extends HostNames {
  addresses = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
}

describe('fetching.untrustedCertificates', () => {
  let host: Server;
  let url: string;
  beforeAll(async () => {
    host = createServer({ cert: CERTIFICATE, key: KEY }, (_, response) => response.end('here'));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    url = `https://localhost:${(host.address() as AddressInfo).port}/`;
  });
  afterAll(() => new Promise((resolve) => host.close(resolve)));

  const get = (allowedHosts: string[], untrustedCertificates?: boolean) => {
    const fetching = { allowedHosts, untrustedCertificates };
    const settings = settingsFrom({ environment: 'test', port: 3000, fetching });
    return new GuardedFetcher(settings, new Loopback()).get(url, { accept: '*/*', maximumBytes: 100 });
  };
  const reasonOf = (fetched: Promise<unknown>): Promise<unknown> =>
    fetched.catch((error: FetchError) => error.reason);

  it('lets an allowed host show a certificate of its own making', async () => {
    expect((await get(['localhost'], true)).body.toString()).toBe('here');
  });

  it('is off unless the operator says so, whatever the environment says', async () => {
    const { NODE_TLS_REJECT_UNAUTHORIZED: before } = process.env;
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    const refused = await reasonOf(get(['localhost']));
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    expect(refused).toBe('untrusted-certificate');
  });

  it('changes nothing for any other host', async () => {
    expect(await reasonOf(get(['elsewhere.test'], true))).toBe('forbidden-address');
  });
});
