import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Behaviour = 'answers' | 'answers slowly' | 'refuses' | 'hangs';

/** The back channel of an application: keeps every logout token that comes, and behaves as it is told. */
export class LogoutReceiver {
  readonly tokens: string[] = [];
  readonly requests: { method?: string; contentType?: string }[] = [];
  /** How many were here at the same time, at most. */
  crowd = 0;
  behaviour: Behaviour = 'answers';
  status = 200;
  private present = 0;
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.receive(request, response));
  }

  static async start(port = 0): Promise<LogoutReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new LogoutReceiver(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get uri(): string {
    return `${this.origin}/backchannel-logout`;
  }

  /** Until that many tokens have come, in all. */
  received(count: number): Promise<void> {
    if (this.tokens.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ count, resolve }));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.crowd = Math.max(this.crowd, ++this.present);
    response.on('close', () => this.present--);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    this.requests.push({ method: request.method, contentType: request.headers['content-type'] });
    this.tokens.push(form.get('logout_token') ?? '');
    if (this.behaviour === 'answers') response.writeHead(this.status).end();
    if (this.behaviour === 'answers slowly') setTimeout(() => response.writeHead(204).end(), 50);
    if (this.behaviour === 'refuses') response.writeHead(400).end();
    for (const { count, resolve } of this.waiting) if (this.tokens.length >= count) resolve();
  }
}
