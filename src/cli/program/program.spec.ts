import type { CommandName, Execute } from '../commands/command.js';
import { program } from './program.js';

interface Session {
  /** What was to be done. */
  readonly asked: [CommandName, object][];
  readonly printed: string[];
  readonly run: (...argv: string[]) => Promise<unknown>;
}

/** Types commands into a terminal whose server answers with one result. */
function terminal({ result, input = '' }: { result?: unknown; input?: string } = {}): Session {
  const asked: Session['asked'] = [];
  const printed: string[] = [];
  const execute = ((command: CommandName, args: object) => {
    asked.push([command, args]);
    return Promise.resolve(result);
  }) as Execute;
  const root = program({
    env: { GATEHOUSE_ISSUER: 'nonsense', GATEHOUSE_PROT: '1' },
    execute,
    serve: () => Promise.resolve(),
    input: () => Promise.resolve(input),
    print: (text) => printed.push(text),
  });
  for (const command of [root, ...root.commands, ...root.commands.flatMap((one) => one.commands)])
    command.configureOutput({ writeErr: () => undefined });
  return { asked, printed, run: (...argv) => root.parseAsync(argv, { from: 'user' }) };
}

const USER = { sub: 's', username: 'bob', roles: [], disabled: false };

describe('gatehouse user', () => {
  it('makes a user, and shows a made password once', async () => {
    const { asked, printed, run } = terminal({ result: { ...USER, password: 'made' } });
    await run('user', 'create', 'bob', '--admin', '--email', 'bob@example.com', '--name', 'Bob');
    expect(asked).toEqual([
      ['user.create', { username: 'bob', admin: true, email: 'bob@example.com', name: 'Bob' }],
    ]);
    expect(printed.join()).toContain('made (shown only now)');
  });

  it('takes a password from standard input, without the line end', async () => {
    const { asked, printed, run } = terminal({ result: USER, input: ' chosen one \n' });
    await run('user', 'create', 'bob', '--password-stdin');
    expect(asked).toEqual([['user.create', { username: 'bob', password: ' chosen one ' }]]);
    expect(printed.join()).not.toContain('chosen');
  });

  it.each(['', '\n', 'two\nlines\n'])('does not guess a password from %j', async (input) => {
    const { asked, run } = terminal({ input });
    await expect(run('user', 'create', 'bob', '--password-stdin')).rejects.toThrow('standard input');
    expect(asked).toEqual([]);
  });

  it('has no way to name a password in the list of processes', async () => {
    await expect(terminal().run('user', 'create', 'bob', '--password', 'x')).rejects.toThrow(
      'unknown option',
    );
    await expect(terminal().run('user', 'create', 'bob', 'x')).rejects.toThrow('too many arguments');
    await expect(terminal().run('client', 'create', '--secret', 'x')).rejects.toThrow('unknown option');
  });

  it('disables and enables by name', async () => {
    const { asked, printed, run } = terminal({ result: USER });
    await run('user', 'disable', 'bob');
    await run('user', 'enable', 'bob');
    expect(asked).toEqual([
      ['user.disable', { username: 'bob' }],
      ['user.enable', { username: 'bob' }],
    ]);
    expect(printed).toEqual(['User bob is disabled.', 'User bob is enabled.']);
  });
});

describe('gatehouse client', () => {
  it('says everything by the names of RFC 7591', async () => {
    const { asked, run } = terminal({ result: { client_id: 'shop' } });
    await run(
      ...['client', 'create', '--client-id', 'shop', '--name', 'Shop', '--owner', 'bob', '--skip-consent'],
      ...['--grant', 'authorization_code', '--grant', 'refresh_token', '--scope', 'openid read'],
      ...['--redirect-uri', 'https://a.test/1', '--redirect-uri', 'https://a.test/2', '--may-introspect'],
      ...['--post-logout-redirect-uri', 'https://a.test/', '--allowed-origin', 'https://a.test'],
      ...['--id-token-alg', 'ES256', '--access-token-format', 'jwt'],
    );
    expect(asked).toEqual([
      [
        'client.create',
        {
          owner: 'bob',
          metadata: {
            client_id: 'shop',
            client_name: 'Shop',
            token_endpoint_auth_method: 'client_secret_basic',
            grant_types: ['authorization_code', 'refresh_token'],
            redirect_uris: ['https://a.test/1', 'https://a.test/2'],
            post_logout_redirect_uris: ['https://a.test/'],
            allowed_origins: ['https://a.test'],
            scope: 'openid read',
            skip_consent: true,
            id_token_signed_response_alg: 'ES256',
            access_token_format: 'jwt',
            may_introspect: true,
          },
        },
      ],
    ]);
  });

  it('leaves to its default what was not said', async () => {
    const { asked, run } = terminal({ result: { client_id: 'x' } });
    await run('client', 'create', '--type', 'public');
    expect(asked[0]![1]).toEqual({ metadata: { token_endpoint_auth_method: 'none' } });
  });

  it('takes a chosen secret from standard input', async () => {
    const { asked, printed, run } = terminal({ result: { client_id: 'x' }, input: 'chosen\r\n' });
    await run('client', 'create', '--secret-stdin');
    expect(asked[0]![1]).toMatchObject({ metadata: { client_secret: 'chosen' } });
    expect(printed.join()).not.toContain('chosen');
  });

  it('refuses a type that there is not', async () => {
    await expect(terminal().run('client', 'create', '--type', 'secret')).rejects.toThrow('Allowed choices');
  });

  it('prints a made secret once, or everything as JSON', async () => {
    const result = { client_id: 'x', client_secret: 's' };
    const people = terminal({ result });
    await people.run('client', 'create');
    expect(people.printed.join()).toMatch(/client_id +x\n +client_secret +s \(shown only now\)/);
    const script = terminal({ result });
    await script.run('client', 'create', '--json');
    expect(JSON.parse(script.printed.join())).toEqual(result);
  });

  it('lists and deletes', async () => {
    const listed = {
      client_id: 'x',
      client_name: 'Shop',
      type: 'public',
      grant_types: ['a', 'b'],
      scope: '',
      owner: null,
      managed_by: 'file',
      disabled: true,
    };
    const { asked, printed, run } = terminal({ result: [listed] });
    await run('client', 'list');
    await run('client', 'delete', 'x');
    expect(printed[0]).toMatch(/^CLIENT ID .*\nx +Shop +public, disabled +a b +file$/);
    expect(asked).toEqual([
      ['client.list', {}],
      ['client.delete', { client_id: 'x' }],
    ]);
  });
});

describe('gatehouse tokens, keys, config', () => {
  it('purges in batches with pauses', async () => {
    const { asked, printed, run } = terminal({ result: { purged: 7 } });
    await run('tokens', 'purge', '--batch-size', '100', '--pause', '50');
    expect(asked).toEqual([['tokens.purge', { batch_size: 100, pause: 50 }]]);
    expect(printed).toEqual(['7 expired rows are deleted.']);
    await expect(run('tokens', 'purge', '--pause', 'soon')).rejects.toThrow('whole number');
  });

  it('rotates, and says when the next key was waiting already', async () => {
    const key = { kid: 'k', alg: 'ES256', active_from: '2026-11-20T12:00:00.000Z', made: false };
    const { asked, printed, run } = terminal({ result: [key] });
    await run('keys', 'rotate', '--alg', 'ES256', '--now');
    expect(asked).toEqual([['keys.rotate', { alg: 'ES256', now: true }]]);
    expect(printed).toEqual(['ES256: key k was waiting already, and is used from 2026-11-20 12:00:00 UTC.']);
  });

  it('lists keys', async () => {
    const key = {
      kid: 'k',
      alg: 'ES256',
      use: 'sig',
      state: 'signing',
      active_from: '2026-11-20T12:00:00.000Z',
    };
    const { printed, run } = terminal({ result: [{ ...key, published_until: null }] });
    await run('keys', 'list');
    expect(printed[0]).toMatch(/\nk +ES256 +sig +signing +2026-11-20 12:00:00 UTC$/);
  });

  it('says every fault of the configuration, one a line', async () => {
    const { run } = terminal();
    await expect(run('config', 'check')).rejects.toThrow(
      /^GATEHOUSE_PROT: .*\nissuer \(GATEHOUSE_ISSUER\): .*$/,
    );
    const script = terminal();
    await expect(script.run('config', 'check', '--json')).rejects.toThrow();
    const { valid, faults } = JSON.parse(script.printed.join()) as { valid: boolean; faults: string[] };
    expect([valid, faults.length]).toEqual([false, 2]);
  });
});
describe('gatehouse initial-access-token', () => {
  const TOKEN = { id: 'i', label: 'ACME', uses_left: 3, expires_at: null, created_by: 'command line' };

  it('makes a token for one client unless told, and shows it once', async () => {
    const { asked, printed, run } = terminal({ result: { ...TOKEN, initial_access_token: 'made' } });
    await run('initial-access-token', 'create', 'ACME');
    await run('initial-access-token', 'create', 'ACME', '--uses', '3', '--days', '7');
    await run('initial-access-token', 'create', 'ACME', '--unlimited');
    expect(asked.map(([, args]) => args)).toEqual([
      { label: 'ACME', uses: 1 },
      { label: 'ACME', uses: 3, days: 7 },
      { label: 'ACME', uses: null },
    ]);
    expect(printed[0]).toContain('made (shown only now)');
  });

  it('lists and deletes', async () => {
    const { printed, run } = terminal({ result: [TOKEN, { ...TOKEN, uses_left: null }] });
    await run('initial-access-token', 'list');
    expect(printed.join()).toContain('any number');
    const { asked, run: other } = terminal({ result: { id: 'i' } });
    await other('initial-access-token', 'delete', 'i');
    expect(asked).toEqual([['initial-access-token.delete', { id: 'i' }]]);
  });
});
