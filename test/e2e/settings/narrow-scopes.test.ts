import { aClient, aRelyingParty, aUser, expectOAuthError, shows, startServer } from '../../support/index.js';
import type { TestServer } from '../../support/index.js';

describe('the setting narrowScopes: what a client may not have is left out (RFC 6749 §3.3)', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startServer({ settings: { narrowScopes: true } })));
  afterAll(() => server.close());

  it('gives the intersection, and says so', async () => {
    const rp = await aRelyingParty(server, aClient().scope('openid read'));
    await rp.signIn(await aUser().register(server));
    const page = await rp.authorize({ scope: 'openid read write unknown management' });
    expect(shows(page, 'consent-allow')).toBe(true);
    expect(page.body).not.toContain('Change your data');
    const tokens = await rp.tokens({ scope: 'openid read write unknown management' });
    expect(tokens.scope).toBe('openid read');
    expect((await rp.introspect(tokens.access_token)).json.scope).toBe('openid read');
  });

  it('does the same for a client that acts for itself', async () => {
    const rp = await aRelyingParty(server, aClient().machine().scope('read'));
    expect((await rp.clientCredentials({ scope: 'write read' })).json.scope).toBe('read');
  });

  it('still refuses what leaves nothing, and what breaks the grammar', async () => {
    const rp = await aRelyingParty(server, aClient().machine().scope('read'));
    for (const scope of ['write', 'unknown', 'read"', 'read  write']) {
      expectOAuthError(await rp.clientCredentials({ scope }), 400, 'invalid_scope');
    }
  });

  it('never widens a refresh', async () => {
    const rp = await aRelyingParty(server, aClient().scope('read write'));
    const { refresh_token } = await rp.tokens({ scope: 'read' }, await aUser().register(server));
    expectOAuthError(await rp.refresh(refresh_token, { scope: 'read write' }), 400, 'invalid_scope');
  });
});
