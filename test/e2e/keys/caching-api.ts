import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { TestServer } from '../../support/index.js';

/** An API that trusts its copy of the keys for as long as it was told to, and not a second longer. */
export class CachingApi {
  private keys?: { set: JSONWebKeySet; until: Date };

  constructor(private readonly server: TestServer) {}

  async accepts(token: string): Promise<boolean> {
    const { set } = await this.published();
    const currentDate = this.server.clock.now();
    return jwtVerify(token, createLocalJWKSet(set), { issuer: this.server.issuer, currentDate }).then(
      () => true,
      () => false,
    );
  }

  private async published(): Promise<{ set: JSONWebKeySet; until: Date }> {
    const { clock } = this.server;
    if (this.keys && clock.now() < this.keys.until) return this.keys;
    const { json, headers } = await this.server.send('/oauth/jwks');
    const maxAge = Number(/max-age=(\d+)/.exec(headers['cache-control']!)![1]);
    return (this.keys = { set: json as JSONWebKeySet, until: clock.in(maxAge) });
  }
}
