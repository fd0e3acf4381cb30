import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { AUDIENCE } from './protected-api.js';

/** An issuer that can misbehave: publishes what it is told, and counts what it is asked. */
export class StandInIssuer {
  readonly asked: string[] = [];
  /** Laid over the metadata document. */
  metadata: Record<string, unknown> = {};
  introspection: { status: number; body: unknown } = { status: 200, body: { active: false } };
  authorization: string | undefined;
  down = false;
  publishesAt = '/.well-known/openid-configuration';
  private readonly keys = new Map<string, { privateKey: CryptoKey; jwk: object }>();
  private server: Server;
  url: string;

  static async start(): Promise<StandInIssuer> {
    const issuer = new StandInIssuer();
    issuer.server = createServer((request, response) => {
      issuer.asked.push(request.url!);
      issuer.authorization = request.headers.authorization;
      if (issuer.down) return void request.socket.destroy();
      const { status, body } = issuer.answerTo(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    issuer.server.listen(0, '127.0.0.1');
    await new Promise((resolve) => issuer.server.once('listening', resolve));
    issuer.url = `http://127.0.0.1:${(issuer.server.address() as AddressInfo).port}`;
    await issuer.addKey('first');
    return issuer;
  }

  async addKey(kid: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    this.keys.set(kid, {
      privateKey,
      jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' },
    });
  }

  withdrawKey(kid: string): void {
    this.keys.delete(kid);
  }

  /** A good access token for {@link AUDIENCE}; what is overridden with undefined is left out. */
  token(claims: JWTPayload = {}, header: { kid?: string; typ?: string } = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const good = {
      iss: this.url,
      aud: AUDIENCE,
      sub: 'alice',
      client_id: 'app',
      scope: 'read',
      jti: 'one',
      iat: now,
      exp: now + 60,
    };
    const { kid = 'first', typ = 'at+jwt' } = header;
    return new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid, typ })
      .sign(this.keys.get(kid)!.privateKey);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answerTo({ url }: IncomingMessage): { status: number; body: unknown } {
    if (url === '/introspect') return this.introspection;
    if (url === '/jwks')
      return { status: 200, body: { keys: [...this.keys.values()].map(({ jwk }) => jwk) } };
    if (url !== this.publishesAt) return { status: 404, body: {} };
    const { url: issuer } = this;
    const endpoints = { jwks_uri: `${issuer}/jwks`, introspection_endpoint: `${issuer}/introspect` };
    return { status: 200, body: { issuer, ...endpoints, ...this.metadata } };
  }
}
