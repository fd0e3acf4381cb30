import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../../../src/testing/browser.js';
import { startChildServer } from '../../support/child-server.js';

const EMBEDDED = { DATABASE_URL: undefined };

describe('Seeds: the command line', () => {
  let directory: string;

  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'gatehouse-seeds-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** What the command prints. @throws Error unless it worked */
  function gatehouse(argv: readonly string[], input?: string): Record<string, string> {
    const { NODE_ENV: _, PORT: __, DATABASE_URL: ___, ...inherited } = process.env;
    const env = { ...inherited, GATEHOUSE_DATA_DIR: join(directory, 'data') };
    const printed = execFileSync(process.execPath, ['dist/src/cli/main.js', ...argv], { env, input });
    return JSON.parse(printed.toString()) as Record<string, string>;
  }

  // @see src/cli/commands/user-commands.ts, docs/command-line.md
  it('row 11: one command makes the first administrator, who then signs in', async () => {
    const create = ['user', 'create', 'boss', '--admin', '--email', 'boss@example.com', '--password-stdin'];
    expect(gatehouse([...create, '--json'], 'a long password of the boss\n')).toMatchObject({
      username: 'boss',
    });
    const server = await startChildServer({ directory, env: EMBEDDED });
    try {
      const browser = new Browser({ issuer: server.issuer, url: server.issuer });
      await browser.signIn({ username: 'boss', password: 'a long password of the boss' });
      expect((await browser.open('/account')).body).toContain('boss@example.com');
      expect(server.output()).not.toMatch(/admin\b.*password/i);
    } finally {
      await server.stop();
    }
  });

  // @see src/cli/commands/client-commands.ts, src/purge/purge.service.ts, docs/command-line.md
  it('row 87: commands make a client, printing its secret once, and purge what has expired, beside a running server', async () => {
    const server = await startChildServer({ directory, env: EMBEDDED });
    try {
      const create = ['client', 'create', '--grant', 'client_credentials', '--scope', 'read', '--json'];
      const { client_id: id, client_secret: secret } = gatehouse([...create, '--name', 'Row 87']);
      const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` };
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      const answer = await fetch(`${server.issuer}/oauth/token`, { method: 'POST', headers, body });
      expect(await answer.json()).toMatchObject({ token_type: 'Bearer', scope: 'read' });
      expect(JSON.stringify(gatehouse(['client', 'list', '--json']))).not.toContain(secret);
      expect(gatehouse(['tokens', 'purge', '--json'])).toBeDefined();
    } finally {
      await server.stop();
    }
  });
});
