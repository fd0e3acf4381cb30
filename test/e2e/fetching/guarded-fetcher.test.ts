import { createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { settingsFrom } from '../../../src/config/index.js';
import { FetchError, GuardedFetcher, HostNames } from '../../../src/fetching/index.js';
import { WebHost } from '../../support/index.js';
import { CERTIFICATE, KEY } from './certificate.js';

/** Names whose addresses a test decides, as whoever owns a domain does. */
class Names extends HostNames {
  readonly asked: string[] = [];

  constructor(private readonly answers: readonly string[][]) {
    super();
  }

  addresses(host: string): Promise<LookupAddress[]> {
    const answer = this.answers[Math.min(this.asked.length, this.answers.length - 1)] ?? [];
    this.asked.push(host);
    return Promise.resolve(answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  }
}

/** Names that do not exist. */
class Nowhere extends HostNames {
  addresses(): Promise<LookupAddress[]> {
    return Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
  }
}

const OPTIONS = { accept: 'application/json', maximumBytes: 1000 };

/** A fetcher that may reach these hosts. */
function fetcherFor(allowedHosts: string[], names: HostNames = new Names([['127.0.0.1']]), timeout = 5) {
  const settings = settingsFrom({ environment: 'test', port: 3000, fetching: { allowedHosts, timeout } });
  return new GuardedFetcher(settings, names);
}

const reasonOf = async (fetched: Promise<unknown>): Promise<string> => {
  const error: unknown = await fetched.then(
    () => new Error('it was fetched'),
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof FetchError)) throw error as Error;
  return error.reason;
};

describe('The URLs that others name', () => {
  let host: WebHost;
  let port: string;
  beforeEach(async () => {
    host = await WebHost.start();
    port = host.name.split(':')[1]!;
  });
  afterEach(() => host.close());

  describe('D03, Q01 never lead into a private network', () => {
    it.each([
      ['loopback', '127.0.0.1'],
      ['all of loopback', '127.9.9.9'],
      ['decimal', '2130706433'],
      ['hexadecimal', '0x7f000001'],
      ['octal', '0177.0.0.1'],
      ['short', '127.1'],
      ['unspecified', '0.0.0.0'],
      ['10/8', '10.0.0.1'],
      ['172.16/12', '172.31.255.1'],
      ['192.168/16', '192.168.1.1'],
      ['link-local', '169.254.169.254'],
      ['link-local, decimal', '2852039166'],
      ['CGNAT', '100.64.0.1'],
      ['benchmarking', '198.18.0.1'],
      ['documentation', '203.0.113.7'],
      ['multicast', '224.0.0.1'],
      ['broadcast', '255.255.255.255'],
      ['IPv6 loopback', '[::1]'],
      ['IPv6 unspecified', '[::]'],
      ['IPv4-mapped', '[::ffff:127.0.0.1]'],
      ['IPv4-mapped, hexadecimal', '[::ffff:7f00:1]'],
      ['IPv4-compatible', '[::127.0.0.1]'],
      ['NAT64', '[64:ff9b::7f00:1]'],
      ['local NAT64', '[64:ff9b:1::7f00:1]'],
      ['6to4', '[2002:7f00:1::]'],
      ['Teredo', '[2001:0:7f00:1::]'],
      ['unique local', '[fd00::1]'],
      ['IPv6 link-local', '[fe80::1]'],
      ['IPv6 multicast', '[ff02::1]'],
      ['IPv6 documentation', '[2001:db8::1]'],
    ])('refuses %s: %s', async (_, address) => {
      expect(await reasonOf(fetcherFor([]).get(`https://${address}:${port}/`, OPTIONS))).toBe(
        'forbidden-address',
      );
      const literal =
        /^[\d.]+$|^\[/.test(address) && new URL(`https://${address}`).hostname.replace(/[[\]]/g, '');
      if (!literal) return;
      const names = new Names([[literal]]);
      const named = fetcherFor([], names).get(`https://named.example:${port}/`, OPTIONS);
      expect([await reasonOf(named), names.asked]).toEqual(['forbidden-address', ['named.example']]);
      expect(host.connections).toBe(0);
    });

    it('connects to what was checked: a name is looked up once, and its next answer means nothing', async () => {
      const names = new Names([['127.0.0.1'], ['93.184.216.34']]);
      const fetched = fetcherFor([], names).get(`https://rebinding.example:${port}/`, OPTIONS);
      expect(await reasonOf(fetched)).toBe('forbidden-address');
      expect(names.asked).toEqual(['rebinding.example']);
      expect(host.connections).toBe(0);
    });

    it('leaves out the private addresses of a name that has others, too', async () => {
      // The public one answers nothing here: what matters is that loopback was not tried instead.
      const names = new Names([['127.0.0.1', '203.0.113.7', '::1']]);
      const fetched = fetcherFor([], names).get(`https://both.example:${port}/`, OPTIONS);
      expect(await reasonOf(fetched)).toBe('forbidden-address');
      expect(host.connections).toBe(0);
    });

    it('does not follow a redirect', async () => {
      host.answer('/moved', { status: 302, headers: { location: host.url('/inside') } });
      const answer = await fetcherFor([host.name]).get(host.url('/moved'), OPTIONS);
      expect(answer.status).toBe(302);
      expect(host.requestsFor('/inside')).toEqual([]);
    });

    it.each([
      ['file:///etc/passwd', 'bad-url'],
      ['ftp://example.com/', 'bad-url'],
      ['data:application/json,{}', 'bad-url'],
      ['javascript:alert(1)', 'bad-url'],
      ['//example.com/', 'bad-url'],
      ['', 'bad-url'],
      ['https://user:password@example.com/', 'bad-url'],
      ['https://user@example.com/', 'bad-url'],
      ['http://example.com/', 'not-https'],
      ['http://127.0.0.1/', 'not-https'],
    ])('refuses %s', async (url, reason) => {
      expect(await reasonOf(fetcherFor([]).get(url, OPTIONS))).toBe(reason);
      expect(await reasonOf(fetcherFor([]).post(url, {}))).toBe(reason);
    });

    it('exempts the port that is named, and no other', async () => {
      const allowed = fetcherFor([`127.0.0.1:${Number(port) + 1}`, 'localhost', '127.0.0.1.example']);
      expect(await reasonOf(allowed.get(host.url('/'), OPTIONS))).toBe('not-https');
      expect(await reasonOf(allowed.get(`https://127.0.0.1:${port}/`, OPTIONS))).toBe('forbidden-address');
      expect(host.connections).toBe(0);
    });
  });

  describe('are fetched', () => {
    it('with what the answer says', async () => {
      const headers = {
        'content-type': 'Application/JWK-Set+JSON; charset=utf-8',
        'cache-control': 'max-age=60',
      };
      host.answer('/keys', { headers, body: '{"keys":[]}' });
      const answer = await fetcherFor([host.name]).get(host.url('/keys'), OPTIONS);
      expect([answer.status, answer.contentType]).toEqual([200, 'application/jwk-set+json']);
      expect(answer.body.toString()).toBe('{"keys":[]}');
      expect(answer.headers['cache-control']).toBe('max-age=60');
      expect(host.requests[0]).toMatchObject({
        method: 'GET',
        headers: { accept: 'application/json', 'accept-encoding': 'identity', connection: 'close' },
      });
    });

    it('by the name of an allowed host, whatever its case, with any port or the one named', async () => {
      host.answer('/', { body: 'here' });
      for (const allowed of ['rp.internal', `RP.internal:${port}`]) {
        const answer = await fetcherFor([allowed]).get(`http://rp.INTERNAL:${port}/`, OPTIONS);
        expect(answer.body.toString()).toBe('here');
      }
    });

    it('as a form, of whose answer only the status is told', async () => {
      host.answer('/logout', { status: 204 });
      const answer = await fetcherFor([host.name]).post(host.url('/logout'), { logout_token: 'a b&c' });
      expect(answer).toEqual({ status: 204 });
      expect(host.requests[0]).toMatchObject({
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'logout_token=a+b%26c',
      });
    });

    it('over connections that do not stay', async () => {
      host.answer('/', { body: 'here' });
      const fetcher = fetcherFor([host.name]);
      await Promise.all(Array.from({ length: 20 }, () => fetcher.get(host.url('/'), OPTIONS)));
      expect(host.connections).toBe(20);
      await vi.waitFor(() => expect(host.open).toBe(0));
    });
  });

  describe('D03 cost what was agreed', () => {
    it('refuses a longer answer while it comes', async () => {
      let sent = 0;
      host.answer('/', (_, response) => {
        const more = () => {
          if (sent < 10_000_000 && !response.destroyed) response.write(Buffer.alloc(100_000), more);
          sent += 100_000;
        };
        more();
      });
      expect(await reasonOf(fetcherFor([host.name]).get(host.url('/'), OPTIONS))).toBe('too-large');
      await vi.waitFor(() => expect(host.open).toBe(0));
      expect(sent).toBeLessThan(10_000_000);
    });

    it('takes one that is exactly as long', async () => {
      host.answer('/', { body: 'x'.repeat(1000) });
      expect((await fetcherFor([host.name]).get(host.url('/'), OPTIONS)).body).toHaveLength(1000);
      host.answer('/', { body: 'x'.repeat(1001) });
      expect(await reasonOf(fetcherFor([host.name]).get(host.url('/'), OPTIONS))).toBe('too-large');
    });

    it('unpacks nothing', async () => {
      host.answer('/', { headers: { 'content-encoding': 'gzip' }, body: 'packed' });
      expect(await reasonOf(fetcherFor([host.name]).get(host.url('/'), OPTIONS))).toBe('encoded');
    });

    it('ends at the deadline, whether nothing comes or always a little', async () => {
      host.answer('/silent', () => undefined);
      host.answer('/slow', (_, response) => {
        const drip = setInterval(() => response.write('x'), 50);
        response.on('close', () => clearInterval(drip));
      });
      const fetcher = fetcherFor([host.name], undefined, 1);
      const started = performance.now();
      const reasons = ['/silent', '/slow'].map((path) => reasonOf(fetcher.get(host.url(path), OPTIONS)));
      expect(await Promise.all(reasons)).toEqual(['timeout', 'timeout']);
      expect(performance.now() - started).toBeLessThan(2500);
      await vi.waitFor(() => expect(host.open).toBe(0));
    });

    it('opens eight connections to one host at a time', async () => {
      let most = 0;
      host.answer('/', (_, response) => {
        most = Math.max(most, host.open);
        setTimeout(() => response.end('here'), 20);
      });
      const fetcher = fetcherFor([host.name]);
      await Promise.all(Array.from({ length: 40 }, () => fetcher.get(host.url('/'), OPTIONS)));
      expect(most).toBeLessThanOrEqual(8);
    });

    it('stops with the server', async () => {
      host.answer('/', () => undefined);
      const fetcher = fetcherFor([host.name]);
      const reason = reasonOf(fetcher.get(host.url('/'), OPTIONS));
      await vi.waitFor(() => expect(host.requests).toHaveLength(1));
      fetcher.onApplicationShutdown();
      expect(await reason).toBe('shutdown');
    });

    it('says what failed, for the log', async () => {
      const unknown = new Nowhere();
      expect(await reasonOf(fetcherFor([], unknown).get('https://gone.example/', OPTIONS))).toBe(
        'unknown-host',
      );
      host.answer('/', (request) => request.socket.destroy());
      expect(await reasonOf(fetcherFor([host.name]).get(host.url('/'), OPTIONS))).toBe('unreachable');
    });
  });

  it('are verified over TLS, on allowed hosts too', async () => {
    const listener = createServer({ key: KEY, cert: CERTIFICATE }, (socket) => socket.end());
    listener.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${(listener.address() as AddressInfo).port}/`;
    expect(await reasonOf(fetcherFor(['localhost']).get(url, OPTIONS))).toBe('untrusted-certificate');
    await new Promise((resolve) => listener.close(resolve));
  });
});
