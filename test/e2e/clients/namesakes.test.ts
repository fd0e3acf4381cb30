import { ClientsService } from '../../../src/clients/index.js';
import { EDITOR, aClient, aRelyingParty, aUser, sharedServer } from '../../support/index.js';

describe('a client that was deleted', () => {
  it('does not come back to life in a namesake, nor do its tokens', async () => {
    const server = await sharedServer();
    const user = await aUser().register(server);
    const builder = aClient()
      .grants('authorization_code', 'refresh_token', 'client_credentials')
      .with({ client_id: 'reborn', client_secret: 'the same secret as before' });
    const rp = await aRelyingParty(server, builder);
    const tokens = await rp.tokens({ scope: 'read' }, user);
    const own = (await rp.clientCredentials({ scope: 'read' })).json.access_token;
    expect(await rp.isAlive(tokens.access_token)).toBe(true);
    expect(await rp.isAlive(own)).toBe(true);

    await server.get(ClientsService).delete('reborn', EDITOR);
    const namesake = await aRelyingParty(server, builder);

    await expect.poll(() => namesake.isAlive(own)).toBe(false);
    await expect.poll(() => namesake.isAlive(tokens.access_token)).toBe(false);
    expect((await namesake.refresh(tokens.refresh_token)).json.error).toBe('invalid_grant');
    const fresh = (await namesake.clientCredentials({ scope: 'read' })).json.access_token;
    expect(await namesake.isAlive(fresh)).toBe(true);
  });
});
