import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { CommandError } from '../commands/command-error.js';
import type { ControlAnswer, ControlRequest } from './control-caller.js';
import { controlPath, isTooLong } from './control-path.js';

/** A connection to the server that runs on a data directory, or null when none listens there. */
export async function reachServer(dataDir: string): Promise<Socket | null> {
  const path = controlPath(dataDir);
  if (isTooLong(path)) return null;
  const socket = connect(path).setEncoding('utf8');
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    socket.once('connect', () => resolve(null)).once('error', resolve);
  });
  if (!failure) return socket;
  if (failure.code === 'ENOENT' || failure.code === 'ECONNREFUSED') return null;
  if (failure.code !== 'EACCES') throw failure;
  throw new CommandError(`the data directory ${dataDir} belongs to another user: run this as that user`);
}

/** @throws CommandError with what the server says */
export async function ask(server: Socket, request: ControlRequest): Promise<unknown> {
  server.write(`${JSON.stringify(request)}\n`);
  const answer = answerOf(await everything(server));
  if (!answer) throw new CommandError('the server ended before it answered');
  if ('error' in answer) throw new CommandError(answer.error);
  return answer.result;
}

function everything(server: Socket): Promise<string> {
  let received = '';
  return new Promise((resolve) => {
    server.on('data', (chunk: string) => (received += chunk));
    server.on('error', () => undefined).on('close', () => resolve(received));
  });
}

function answerOf(text: string): ControlAnswer | null {
  return text.endsWith('\n') ? (JSON.parse(text) as ControlAnswer) : null;
}
