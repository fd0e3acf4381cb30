import { ClientsService, toMetadata } from '../../src/clients/index.js';
import type { ManagedClientMetadata } from '../../src/clients/index.js';
import type { TestClient } from '../../src/testing/test-client.js';
import type { TestServer } from './server.js';

/** Whoever changes things in a test. */
export const EDITOR = { by: 'test', source: 'operator' } as const;

/** Changes some of a registered client's metadata. */
export async function changeClient(
  server: TestServer,
  { id }: TestClient,
  metadata: ManagedClientMetadata,
): Promise<void> {
  const clients = server.get(ClientsService);
  await clients.update(id, { ...toMetadata(await clients.get(id)), ...metadata }, EDITOR);
}
