import { copyFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { Agent, request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { aCertificate, aDirectory } from './certificates.js';
import type { Certificate } from './certificates.js';

/** What the built server negotiates with somebody who would take anything. */
const ANYTHING = { ciphers: 'ALL:@SECLEVEL=0', rejectUnauthorized: false };

const OF_BCP_195 = {
  rsa: ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'],
  ec: ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
};

const settings = { demo: { enabled: false } };

const environmentOf = ({ cert, key }: Certificate) => ({
  GATEHOUSE_TLS_CERT: cert,
  GATEHOUSE_TLS_KEY: key,
});

/** Shakes hands, or says why not. */
function handshake({ issuer }: ChildServer, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const port = Number(new URL(issuer).port);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ...ANYTHING, ...options });
    socket.on('secureConnect', () => resolve(socket)).on('error', reject);
  });
}

const fingerprint = async (server: ChildServer): Promise<string> => {
  const socket = await handshake(server);
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
};

function get(url: string, agent?: Agent): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    request(url, { agent: agent ?? false, rejectUnauthorized: false }, (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers }));
    })
      .on('error', reject)
      .end();
  });
}

describe.each(['rsa', 'ec'] as const)('TLS with a certificate of its own (%s)', (kind) => {
  let server: ChildServer;

  beforeAll(async () => {
    const env = environmentOf(aCertificate(aDirectory(), kind));
    server = await startChildServer({ config: settings, env });
  });
  afterAll(() => server?.stop());

  it.each(['TLSv1', 'TLSv1.1'] as const)('RFC 9325 §3.1.1 refuses %s', async (version) => {
    const answer = handshake(server, { minVersion: version, maxVersion: version });
    await expect(answer).rejects.toThrow(/protocol|version|handshake/i);
  });

  it('RFC 9325 §3.1.1 prefers TLS 1.3', async () => {
    const socket = await handshake(server);
    expect(socket.getProtocol()).toBe('TLSv1.3');
    socket.destroy();
  });

  it.each(OF_BCP_195[kind])('RFC 9325 §4.2 takes %s with TLS 1.2', async (ciphers) => {
    const socket = await handshake(server, { maxVersion: 'TLSv1.2', ciphers });
    expect(socket.getCipher().name).toBe(ciphers);
    socket.destroy();
  });

  it.each([
    'ECDHE-RSA-AES128-SHA256',
    'ECDHE-RSA-AES256-SHA',
    'ECDHE-ECDSA-AES128-SHA256',
    'ECDHE-ECDSA-AES256-SHA',
    'AES128-SHA',
    'AES256-SHA256',
    'AES128-GCM-SHA256',
    'DHE-RSA-AES128-SHA',
  ])('RFC 9325 §4.1, §4.2 refuses %s: no CBC, no key exchange without forward secrecy', async (cipher) => {
    const answer = handshake(server, { maxVersion: 'TLSv1.2', ciphers: `${cipher}:@SECLEVEL=0` });
    await expect(answer).rejects.toThrow(/handshake failure|no shared cipher/i);
  });

  it('RFC 6797 §7.1 says for a year that there is no other way', async () => {
    const { headers } = await get(`${server.issuer}/.well-known/openid-configuration`);
    const [, age] = /max-age=(\d+)/.exec(headers['strict-transport-security']!)!;
    expect(Number(age)).toBeGreaterThanOrEqual(31_536_000);
  });

  it('closes on plain http without an answer, and goes on', async () => {
    const plain = new Promise((resolve, reject) => {
      const address = server.issuer.replace('https:', 'http:');
      requestHttp(address, resolve).on('error', reject).end();
    });
    await expect(plain).rejects.toThrow(/hang up|ECONNRESET|Parse Error/i);
    expect((await get(`${server.issuer}/health/live`)).status).toBe(200);
  });

  it('sends cookies that never leave it in clear text', async () => {
    const { headers } = await get(`${server.issuer}/login`);
    for (const cookie of headers['set-cookie']!) expect(cookie).toMatch(/^__Host-.*; Secure/);
  });
});

describe('A renewed certificate', () => {
  let directory: string;
  let server: ChildServer;

  beforeAll(async () => {
    directory = aDirectory();
    server = await startChildServer({ config: settings, env: environmentOf(aCertificate(directory)) });
  });
  afterAll(() => server?.stop());

  const changed = async (before: string): Promise<string> => {
    for (let count = 0; count < 150; count++) {
      const now = await fingerprint(server);
      if (now !== before) return now;
      await sleep(100);
    }
    return before;
  };

  it('is taken over at SIGHUP, and open connections stay', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const before = await fingerprint(server);
    await get(`${server.issuer}/health/live`, agent);
    aCertificate(directory);
    server.process.kill('SIGHUP');
    expect(await changed(before)).not.toBe(before);
    expect((await get(`${server.issuer}/health/live`, agent)).status).toBe(200);
    expect(server.process.exitCode).toBeNull();
    agent.destroy();
  });

  it('is found without being told', async () => {
    const before = await fingerprint(server);
    aCertificate(directory, 'ec');
    expect(await changed(before)).not.toBe(before);
  });

  it('that cannot be used leaves the one before in place', async () => {
    const before = await fingerprint(server);
    copyFileSync(aCertificate(aDirectory()).cert, join(directory, 'server.crt'));
    server.process.kill('SIGHUP');
    for (let count = 0; count < 100 && !server.output().includes('cannot be used'); count++) await sleep(100);
    expect(server.output()).toContain('the certificate cannot be used, the one before stays');
    expect(await fingerprint(server)).toBe(before);
  });
});

describe('A certificate with the key of another', () => {
  it('is refused at start in one sentence', async () => {
    const env = {
      ...environmentOf(aCertificate(aDirectory())),
      GATEHOUSE_TLS_KEY: aCertificate(aDirectory()).key,
    };
    const failure = await startChildServer({ config: settings, env }).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(failure).toContain('tls.key: is not the key of tls.cert');
    expect(failure).not.toContain('    at ');
  });
});

describe('Behind a proxy that ends TLS', () => {
  const issuer = 'https://login.example.com';
  const ask = (server: ChildServer, headers: Record<string, string>) =>
    fetch(`${server.issuer}/.well-known/openid-configuration`, { headers });

  it('X-Forwarded-Proto counts from one that is trusted, and decides', async () => {
    const server = await startChildServer({ config: { ...settings, issuer, trustedProxies: ['loopback'] } });
    const [secure, plain, silent] = [
      await ask(server, { 'x-forwarded-proto': 'https' }),
      await ask(server, { 'x-forwarded-proto': 'http' }),
      await ask(server, {}),
    ];
    await server.stop();
    expect([secure.status, plain.status, silent.status]).toEqual([200, 403, 403]);
    expect(((await secure.json()) as { issuer: string }).issuer).toBe(issuer);
  });

  it('H01 it decides nothing from anybody else', async () => {
    // The peer is loopback, and another proxy is the trusted one.
    const trustedProxies = ['192.0.2.1'];
    const server = await startChildServer({ config: { ...settings, issuer, trustedProxies } });
    const lying = await ask(server, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.test' });
    await server.stop();
    expect(lying.status).toBe(403);
    expect(await lying.text()).not.toContain('evil.test');
  });
});
