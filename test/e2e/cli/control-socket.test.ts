import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ask, reachServer } from '../../../src/cli/control/control-client.js';
import { controlPath } from '../../../src/cli/control/control-path.js';
import { ControlSocket } from '../../../src/cli/control/control-socket.js';
import { CommandsService } from '../../../src/cli/index.js';
import { sharedServer } from '../../support/index.js';

describe('The control socket', async () => {
  const server = await sharedServer();
  let directory: string;
  let socket: ControlSocket;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'gatehouse-control-'));
    socket = new ControlSocket(server.get(CommandsService), directory);
    await socket.onApplicationBootstrap();
  });

  afterEach(async () => {
    await socket.beforeApplicationShutdown();
    rmSync(directory, { recursive: true });
  });

  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  /** Sends these bytes, and reads until the server hangs up. */
  async function say(line: string): Promise<string> {
    const caller = connect(controlPath(directory)).setEncoding('utf8');
    caller.on('error', () => undefined).write(line);
    return text(caller).catch(() => '');
  }

  /** A caller at a socket whose commands do this. */
  async function instead(run: CommandsService['run']): Promise<Socket> {
    await socket.beforeApplicationShutdown();
    socket = new ControlSocket({ run }, directory);
    await socket.onApplicationBootstrap();
    return (await reachServer(directory))!;
  }

  it('runs a command of another process', async () => {
    const caller = await reachServer(directory);
    const metadata = { grant_types: ['client_credentials'], scope: 'read' };
    const result = await ask(caller!, { command: 'client.create', args: { metadata } });
    expect(result).toMatchObject({ client_secret: expect.any(String), scope: 'read' });
  });

  it('passes on why it cannot be done', async () => {
    const caller = await reachServer(directory);
    const asked = ask(caller!, { command: 'client.delete', args: { client_id: 'nobody' } });
    await expect(asked).rejects.toThrow('there is no such client');
  });

  it('lets nobody but its owner in: neither to the directory nor to the socket', () => {
    expect(modeOf(join(directory, 'control'))).toBe('700');
    expect(modeOf(controlPath(directory))).toBe('600');
  });

  it.each(['nonsense\n', '{}\n', 'null\n', '{"command":"client.list"}\n', '{"command":1,"args":{}}\n'])(
    'refuses %j',
    async (line) => {
      expect(JSON.parse(await say(line))).toEqual({ error: 'this is no command' });
    },
  );

  it('hangs up on a caller who says more than any command holds', async () => {
    expect(await say('x'.repeat(2 * 1024 * 1024))).toBe('');
  });

  it('says nothing of its own faults, which are in its log', async () => {
    const caller = await instead(() => Promise.reject(new Error('relation gh_client does not exist')));
    const asked = ask(caller, { command: 'client.list', args: {} });
    await expect(asked).rejects.toThrow('it failed, and the log of the server says why');
  });

  it('tells the command when the caller has left', async () => {
    let begin: (signal: AbortSignal) => void;
    const begun = new Promise<AbortSignal>((resolve) => (begin = resolve));
    const caller = await instead((_command, _args, signal) => {
      begin(signal);
      return once(signal, 'abort');
    });
    caller.write('{"command":"tokens.purge","args":{}}\n');
    const signal = await begun;
    caller.destroy();
    await once(signal, 'abort');
  });

  it('is gone after shutdown, and sends idle callers away', async () => {
    const idle = connect(controlPath(directory));
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    await socket.beforeApplicationShutdown();
    await closed;
    expect(existsSync(controlPath(directory))).toBe(false);
    expect(await reachServer(directory)).toBeNull();
  });

  it('answers a running command before it closes', async () => {
    let begin: (finish: (result: unknown) => void) => void;
    const begun = new Promise<(result: unknown) => void>((resolve) => (begin = resolve));
    const caller = await instead(() => new Promise((finish) => begin(finish)));
    const asked = ask(caller, { command: 'keys.list', args: {} });
    const finish = await begun;
    const closed = socket.beforeApplicationShutdown();
    finish(['done']);
    expect(await asked).toEqual(['done']);
    await closed;
  });

  it('takes the place of one that a killed server left', async () => {
    await socket.beforeApplicationShutdown();
    writeFileSync(controlPath(directory), '');
    expect(await reachServer(directory)).toBeNull();
    await socket.onApplicationBootstrap();
    expect(await reachServer(directory).then((caller) => caller?.destroy())).toBeDefined();
  });

  it('shuts a directory that was open', async () => {
    await socket.beforeApplicationShutdown();
    chmodSync(join(directory, 'control'), 0o777);
    await socket.onApplicationBootstrap();
    expect(modeOf(join(directory, 'control'))).toBe('700');
  });

  it('does not follow a link to somewhere else', async () => {
    await socket.beforeApplicationShutdown();
    rmSync(join(directory, 'control'), { recursive: true });
    mkdirSync(join(directory, 'elsewhere'));
    symlinkSync(join(directory, 'elsewhere'), join(directory, 'control'));
    await socket.onApplicationBootstrap();
    expect(await reachServer(directory)).toBeNull();
    expect(existsSync(join(directory, 'elsewhere', 'socket'))).toBe(false);
  });

  it('serves without one where the path is too long for a socket', async () => {
    const deep = join(directory, 'a'.repeat(120));
    const other = new ControlSocket(server.get(CommandsService), deep);
    await other.onApplicationBootstrap();
    expect(await reachServer(deep)).toBeNull();
    await other.beforeApplicationShutdown();
  });
});
