import { ClientsService } from '../../src/clients/index.js';
import { RegisteredScopes, ScopesService } from '../../src/scopes/index.js';
import { EDITOR, aClient, aScope, sharedServer } from '../support/index.js';

describe('what is kept in memory, changed while it is being read', async () => {
  const server = await sharedServer();

  /** The second change falls into the reading that follows the first one. */
  async function reads<T>(change: (round: number) => Promise<unknown>, read: () => Promise<T>): Promise<T> {
    const [first, second] = [change(1), change(2)];
    await first;
    const reading = read();
    await second;
    return reading;
  }

  it('finds a client', async () => {
    const { id } = await aClient().machine().register(server);
    const clients = server.get(ClientsService);
    const addSecret = (round: number) => clients.addSecret(id, `round ${round}`, EDITOR);
    expect(await reads(addSecret, () => clients.findActive(id))).toMatchObject({ id });
  });

  it('finds the scopes', async () => {
    const scope = await aScope(server);
    const scopes = server.get(ScopesService);
    const registered = server.get(RegisteredScopes);
    const rename = (round: number) => registered.put({ ...scope, title: `Round ${round}` });
    expect(await reads(rename, () => scopes.list())).toContainEqual(
      expect.objectContaining({ name: scope.name }),
    );
  });
});
