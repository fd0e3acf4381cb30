import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request that came in. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the host answers with. */
export interface HostAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Anything but text and bytes is sent as JSON. */
  readonly body?: unknown;
}

/** A host of somebody else's on loopback, which answers as it is told and remembers who came. */
export class WebHost {
  readonly requests: ReceivedRequest[] = [];
  /** Connections, whether or not anything came over them. */
  connections = 0;
  private readonly answers = new Map<string, HostAnswer | RequestListener>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** On a free port. Whoever starts one closes it. */
  static async start(): Promise<WebHost> {
    const server = createServer();
    const host = new WebHost(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        host.requests.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
        const answer = host.answers.get(path) ?? { status: 404 };
        if (typeof answer === 'function') return answer(request, response);
        const { status = 200, headers: sent = {}, body = '' } = answer;
        const plain = typeof body === 'string' || Buffer.isBuffer(body);
        response.writeHead(status, { ...(!plain && { 'content-type': 'application/json' }), ...sent });
        response.end(plain ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  /** As `fetching.allowedHosts` names it. */
  get name(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.name}${path}`;
  }

  /** From now on. */
  answer(path: string, answer: HostAnswer | RequestListener): this {
    this.answers.set(path, answer);
    return this;
  }

  /** How many connections are open. */
  get open(): number {
    return this.sockets.size;
  }

  /** Those for one path. */
  requestsFor(path: string): ReceivedRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
