import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { GatehouseOptions } from '../gatehouse-options.js';
import { GatehouseModule } from '../gatehouse.module.js';
import { UserStore } from '../users/index.js';
import type { User } from '../users/index.js';
import { createGatehouseTest } from './create-gatehouse-test.js';
import type { GatehouseTest } from './gatehouse-test.js';

/** Whoever is named exists, and any password is right: for tests that are not about users. */
export class AnybodyStore extends UserStore {
  findBySubject(subject: string): Promise<User> {
    return Promise.resolve({ subject, username: subject, claims: {}, roles: [] });
  }

  authenticate(username: string): Promise<User> {
    return this.findBySubject(username);
  }
}

/**
 * An authorization server on loopback, for the tests of an API that it protects: point the API at its `issuer`.
 * @param options the scopes and resources of the API; anybody is a user unless a `userStore` is named
 */
export async function createTestIssuer(options: GatehouseOptions = {}): Promise<GatehouseTest> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const ports = { userStore: AnybodyStore, ...options };
  return createGatehouseTest(GatehouseModule.forRoot({ environment: 'test', ...ports, issuer }), { port });
}

/** The issuer must be known before the server exists, so the port is found before it listens. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = createServer().on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as AddressInfo;
      listener.close(() => resolve(port));
    });
  });
}
