import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from '../support/child-server.js';

describe('npm start', () => {
  it('prints the addresses and, once, the password of the first administrator', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));
    const first = await startChildServer({ directory, env: { DATABASE_URL: undefined } });
    const { issuer } = first;
    await first.stop({ keep: true });
    expect(first.output()).toContain(`${issuer}/.well-known/openid-configuration`);
    expect(first.output()).toMatch(/First admin +admin, password \S{20}/);

    const second = await startChildServer({ directory, env: { DATABASE_URL: undefined } });
    await second.stop();
    expect(second.output()).not.toContain('First admin');
    expect(second.readyAfter, 'ready on the existing embedded database, in milliseconds').toBeLessThan(3000);
  });

  it('refuses a bad configuration with one line a fault, and no stack trace', async () => {
    const env = { GATEHOUSE_ISSUER: 'http://sso.example.com', GATEHOUSE_ACCESS_TOKEN_TTL: 'soon' };
    const failure = await startChildServer({ env }).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(failure).toContain('GATEHOUSE_ISSUER');
    expect(failure).toContain('GATEHOUSE_ACCESS_TOKEN_TTL');
    expect(failure).not.toContain('    at ');
  });

  it('refuses to share an embedded database with another process', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-lock-'));
    const first = await startChildServer({ directory, env: { DATABASE_URL: undefined } });
    const second = await startChildServer({ directory, env: { DATABASE_URL: undefined } }).then(
      () => '',
      (error: Error) => error.message,
    );
    await first.stop();
    expect(second).toMatch(/in use|another process|locked/i);
  });

  it.runIf(process.env['DATABASE_URL'])(
    'is ready on PostgreSQL under the time that is promised',
    async () => {
      const { DATABASE_URL } = process.env;
      const env = { DATABASE_URL, GATEHOUSE_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64url') };
      const first = await startChildServer({ env });
      await first.stop();
      const second = await startChildServer({ env });
      await second.stop();
      // The promise is 1.5 s on an idle machine; a shared one gets twice that.
      expect(second.readyAfter).toBeLessThan(3000);
    },
  );
});
