import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Status line and header fields. */
  readonly head: string;
  readonly body: string;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** One keep-alive connection with one request at a time: a tenth of the cost of node:http's client. */
export class Connection {
  private received = '';
  private waiting?: Waiting;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text: string) => this.receive(text));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('the server closed the connection')));
  }

  /** @throws Error when nobody listens there */
  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  send(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new Error('the connection is closed'));
      this.waiting = { resolve, reject };
      this.socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private receive(text: string): void {
    this.received = this.received === '' ? text : this.received + text;
    const answer = answerIn(this.received);
    if (!answer) return;
    this.received = '';
    this.waiting?.resolve(answer);
  }
}

const LENGTH = /\r\nContent-Length: (\d+)/i;

/** The answer, once all of it is there. */
function answerIn(text: string): Answer | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = text.slice(0, end);
  const status = Number(head.slice(9, 12));
  const length = LENGTH.exec(head)?.[1];
  if (length === undefined) return chunkedAnswer(status, head, text.slice(end + 4));
  if (text.length < end + 4 + Number(length)) return null;
  return { status, head, body: text.slice(end + 4) };
}

function chunkedAnswer(status: number, head: string, chunks: string): Answer | null {
  if (!/\r\nTransfer-Encoding: chunked/i.test(head)) return { status, head, body: '' };
  if (!chunks.endsWith('0\r\n\r\n')) return null;
  let body = '';
  for (let rest = chunks; ;) {
    const line = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.slice(0, line), 16);
    if (!(size > 0)) return { status, head, body };
    body += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 4 + size);
  }
}
