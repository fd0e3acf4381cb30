import type { Socket } from 'node:net';

/** Milliseconds until a caller must have said what it wants. */
const PATIENCE = 10_000;
const LONGEST_REQUEST = 1024 * 1024;

/** What goes over the socket, one line of JSON each way. */
export interface ControlRequest {
  readonly command: string;
  readonly args: object;
}

export type ControlAnswer = { readonly result: unknown } | { readonly error: string };

/** One caller at the control socket: says what it wants, gets its answer, and is gone. */
export class ControlCaller {
  private readonly left = new AbortController();
  private received = '';
  private isServed = false;

  constructor(
    private readonly socket: Socket,
    private readonly answer: (request: ControlRequest, signal: AbortSignal) => Promise<ControlAnswer>,
  ) {
    socket.setEncoding('utf8').setTimeout(PATIENCE, () => socket.destroy());
    socket.on('data', (chunk: string) => void this.receive(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => this.left.abort());
  }

  /** Ends what it asked for as soon as that can end; a caller that has asked for nothing is sent away. */
  dismiss(): void {
    this.left.abort();
    if (!this.isServed) this.socket.destroy();
  }

  private async receive(chunk: string): Promise<void> {
    if (this.isServed) return;
    this.received += chunk;
    if (this.received.length > LONGEST_REQUEST) return void this.socket.destroy();
    const end = this.received.indexOf('\n');
    if (end === -1) return;
    this.isServed = true;
    this.socket.setTimeout(0);
    const request = parsed(this.received.slice(0, end));
    const answer = request ? await this.answer(request, this.left.signal) : { error: 'this is no command' };
    this.socket.setTimeout(PATIENCE).end(`${JSON.stringify(answer)}\n`, () => this.socket.destroy());
  }
}

function parsed(line: string): ControlRequest | null {
  try {
    const { command, args } = JSON.parse(line) as Partial<ControlRequest>;
    return typeof command === 'string' && typeof args === 'object' && args !== null
      ? { command, args }
      : null;
  } catch {
    return null;
  }
}
