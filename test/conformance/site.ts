import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CERTIFICATE, KEY } from '../e2e/fetching/certificate.js';

/** Where the suite publishes documents for the server to fetch, over https with a certificate of its own making. */
export class Site {
  private readonly documents = new Map<string, { type: string; body: string }>();
  private readonly listener = createServer({ cert: CERTIFICATE, key: KEY }, ({ url }, response) => {
    const document = this.documents.get(url!);
    if (!document) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': document.type }).end(document.body);
  });

  private constructor() {
    // Whoever forgets it keeps no process alive.
    this.listener.unref();
  }

  static async start(): Promise<Site> {
    const site = new Site();
    await new Promise<void>((resolve) => site.listener.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** An address where nothing is yet, and no one else's. */
  newAddress(): string {
    const { port } = this.listener.address() as AddressInfo;
    return `https://localhost:${port}/${randomBytes(8).toString('hex')}`;
  }

  /** Whatever was there before is gone. */
  publish(address: string, type: string, body: string | object): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.documents.set(new URL(address).pathname, { type, body: text });
  }
}

let shared: Promise<Site> | undefined;

/** The one site of all modules. It ends with the run. */
export const theSite = (): Promise<Site> => (shared ??= Site.start());
