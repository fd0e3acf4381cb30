import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';

const BUSY = 2;

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
  });

  it('is ready in under 3 s on an existing embedded database', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));
    const env = { DATABASE_URL: undefined };
    await (await startChildServer({ directory, env })).stop({ keep: true });
    const server = await startChildServer({ directory, env });
    const spent = await processorSeconds(server);
    await server.stop();
    report('embedded', server, spent);
    expect(spent).toBeLessThan(BUSY * 3);
  });

  it.runIf(process.env['DATABASE_URL'])('is ready in under 1.5 s on PostgreSQL', async () => {
    const { DATABASE_URL } = process.env;
    const env = { DATABASE_URL, GATEHOUSE_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64url') };
    await (await startChildServer({ env })).stop();
    const server = await startChildServer({ env });
    const spent = await processorSeconds(server);
    await server.stop();
    report('PostgreSQL', server, spent);
    expect(spent).toBeLessThan(BUSY * 1.5);
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
});

/** What the start has cost: on an idle machine about as long as it took, on a busy one up to twice that. */
async function processorSeconds({ issuer }: ChildServer): Promise<number> {
  const metrics = await (await fetch(`${issuer}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(metrics)?.[1]);
}

function report(database: string, { readyAfter }: ChildServer, spent: number): void {
  console.log(`ready on ${database}: ${Math.round(readyAfter)} ms, ${spent.toFixed(2)} s of processor time`);
}
