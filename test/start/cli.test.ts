import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { JSONWebKeySet } from 'jose';
import { DirectoryLock } from '../../src/database/directory-lock.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { freshDatabase } from '../support/databases.js';

const CLI = 'dist/src/cli/main.js';
const WORKER = ['client', 'create', '--grant', 'client_credentials', '--scope', 'read', '--json'];

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built command line in a process of its own. */
class Operator {
  constructor(private readonly env: NodeJS.ProcessEnv) {}

  async types(argv: readonly string[], input = ''): Promise<Outcome> {
    const own = { NODE_ENV: undefined, PORT: undefined, DATABASE_URL: undefined };
    const child = spawn(process.execPath, [CLI, ...argv], { env: { ...process.env, ...own, ...this.env } });
    child.stdin.on('error', () => undefined).end(input);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, out, err };
  }

  /** @throws Error unless it worked */
  async gets<T>(argv: readonly string[], input?: string): Promise<T> {
    const { code, out, err } = await this.types(argv, input);
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as T;
  }
}

interface MadeClient {
  readonly client_id: string;
  readonly client_secret: string;
}

/** The status of a token request of that client. */
async function tokenStatus(
  server: ChildServer,
  client: MadeClient,
  secret = client.client_secret,
): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${client.client_id}:${secret}`).toString('base64')}`;
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const answer = await fetch(`${server.issuer}/oauth/token`, {
    method: 'POST',
    body,
    headers: { authorization },
  });
  return answer.status;
}

async function kidsOf(server: ChildServer): Promise<(string | undefined)[]> {
  const { keys } = (await (await fetch(`${server.issuer}/oauth/jwks`)).json()) as JSONWebKeySet;
  return keys.map(({ kid }) => kid);
}

describe('gatehouse on the embedded database', () => {
  let directory: string;
  let operator: Operator;
  const embedded = { DATABASE_URL: undefined };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
    operator = new Operator({ GATEHOUSE_DATA_DIR: join(directory, 'data') });
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('works while a server runs, after it has stopped, and after it was killed', async () => {
    const first = await startChildServer({ directory, env: embedded });
    const running = await operator.gets<MadeClient>(WORKER);
    expect(await tokenStatus(first, running)).toBe(200);
    const [rotated] = await operator.gets<{ kid: string }[]>(['keys', 'rotate', '--alg', 'ES256', '--json']);
    expect(await kidsOf(first)).toContain(rotated!.kid);
    const refused = await operator.types(['client', 'delete', 'demo-web']);
    const sentence = 'error: this client is managed by the configuration file: change it there\n';
    expect(refused).toEqual({ code: 1, out: '', err: sentence });
    await first.stop({ keep: true });
    expect(existsSync(join(directory, 'data', 'control', 'socket'))).toBe(false);

    const chosen = 'a secret of my own';
    const stopped = await operator.gets<MadeClient>([...WORKER, '--secret-stdin'], `${chosen}\n`);
    expect(stopped.client_secret).toBeUndefined();

    const second = await startChildServer({ directory, env: embedded });
    expect(await tokenStatus(second, running)).toBe(200);
    expect(await tokenStatus(second, stopped, chosen)).toBe(200);
    await second.kill();
    expect(existsSync(join(directory, 'data', 'control', 'socket'))).toBe(true);

    const listed = await operator.gets<{ client_id: string }[]>(['client', 'list', '--json']);
    const ids = listed.map(({ client_id }) => client_id);
    expect(ids).toEqual(expect.arrayContaining([running.client_id, stopped.client_id]));

    const third = await startChildServer({ directory, env: embedded });
    await operator.gets(['client', 'delete', running.client_id, '--json']);
    expect(await tokenStatus(third, running)).toBe(401);
    await third.stop();
  });

  it('makes the first administrator before the first start, and the server makes no other', async () => {
    const user = await operator.types(
      ['user', 'create', 'root', '--admin', '--password-stdin'],
      'a good password\n',
    );
    expect(user).toMatchObject({ code: 0, err: '', out: expect.stringContaining('User root is made.') });
    expect(user.out).not.toContain('password');
    const listed = await operator.gets<object[]>(['client', 'list', '--json']);
    expect(listed, 'the command line provisions nothing, least of all the demo').toEqual([]);
    const server = await startChildServer({ directory, env: embedded, command: [CLI, 'serve'] });
    await server.stop({ keep: true });
    expect(server.output()).not.toContain('First admin');
    expect(server.output()).toContain('Demo clients');
  });

  it('does not make a database where somebody has mistaken the directory', async () => {
    const outcome = await operator.types(['client', 'list']);
    expect(outcome).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^error: there is no database in .*\n$/),
    });
    expect(existsSync(join(directory, 'data'))).toBe(false);
  });

  it('says who has the database when it cannot be reached', async () => {
    const lock = await DirectoryLock.acquire(join(directory, 'data', 'database'));
    const outcome = await operator.types(['client', 'list']);
    await lock.release();
    expect(outcome).toMatchObject({ code: 1, out: '' });
    expect(outcome.err).toMatch(/^error: the data directory .* is in use by another process \(pid \d+\)\n$/);
  });
});

describe.runIf(process.env['DATABASE_URL'])('gatehouse on a served database', () => {
  it('works on the database itself, beside the server', async () => {
    const database = await freshDatabase();
    const env = { DATABASE_URL: database.url, GATEHOUSE_KEY_ENCRYPTION_KEY: 'k'.repeat(43) };
    const operator = new Operator(env);
    const early = await operator.gets<MadeClient>(WORKER);
    const server = await startChildServer({ env });
    expect(existsSync(join(server.directory, 'data', 'control'))).toBe(false);
    const late = await operator.gets<MadeClient>(WORKER);
    expect([await tokenStatus(server, early), await tokenStatus(server, late)]).toEqual([200, 200]);

    const [rotated] = await operator.gets<{ kid: string }[]>(['keys', 'rotate', '--alg', 'RS256', '--json']);
    await vi.waitFor(async () => expect(await kidsOf(server)).toContain(rotated!.kid), {
      timeout: 20_000,
      interval: 500,
    });

    await operator.gets(['client', 'delete', early.client_id, '--json']);
    await vi.waitFor(async () => expect(await tokenStatus(server, early)).toBe(401), {
      timeout: 5000,
      interval: 250,
    });
    await server.stop();
    await database.drop();
  });
});

describe('gatehouse', () => {
  const nowhere = new Operator({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });

  it('says in one sentence that the database does not answer, and does not wait for it', async () => {
    const { code, out, err } = await nowhere.types(['client', 'list']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^error: [^\n]*(ECONNREFUSED|not available)[^\n]*\n$/);
  });

  it('checks the configuration: one line a fault, and no secret', async () => {
    const faulty = new Operator({
      GATEHOUSE_ISSUER: 'http://sso.example.com',
      GATEHOUSE_PROT: '1',
      DATABASE_URL: 'mysql://root:hidden@db',
    });
    const { code, out, err } = await faulty.types(['config', 'check']);
    expect([code, out]).toEqual([1, '']);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['GATEHOUSE_PROT', 'issuer (GATEHOUSE_ISSUER)', 'database.url (DATABASE_URL)']);
    expect(err).not.toContain('hidden');
    const script = await faulty.types(['config', 'check', '--json']);
    expect([script.code, script.err]).toEqual([1, '']);
    const { valid, faults } = JSON.parse(script.out) as { valid: boolean; faults: string[] };
    expect([valid, faults.length]).toEqual([false, 3]);
    expect(await nowhere.types(['config', 'check'])).toEqual({
      code: 0,
      out: 'The configuration is in order.\n',
      err: '',
    });
  });

  it.each([
    [['nonsense'], 'unknown command'],
    [['user', 'create'], 'missing required argument'],
    [['user', 'create', 'bob', '--password', 'secret'], 'unknown option'],
    [['user', 'create', 'bob', '--password-stdin'], 'standard input is empty'],
  ])('refuses %j in one sentence', async (argv, sentence) => {
    const { code, out, err } = await nowhere.types(argv);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(sentence);
    expect(err).not.toContain('    at ');
  });
});
