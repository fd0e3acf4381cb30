import {
  aClient,
  aRelyingParty,
  aScope,
  aUser,
  expectOAuthError,
  expectRedirectError,
  sharedServer,
  startServer,
} from '../../support/index.js';
import type { TestServer } from '../../support/index.js';

describe('RFC 6749 §3.3 access token scope', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const rp = await (await aRelyingParty(server, aClient().scope('openid read write'))).signIn(user);
  const machine = await aRelyingParty(server, aClient().machine());

  it('grants what was asked for', async () => {
    expect((await rp.tokens({ scope: 'write read' })).scope.split(' ').sort()).toEqual(['read', 'write']);
  });

  it('grants everything the client is registered for when nothing is asked for', async () => {
    expect((await rp.tokens({ scope: undefined })).scope).toBe('openid read write');
    expect((await machine.clientCredentials()).json.scope).toBe('read write');
  });

  it('counts a scope once that is asked for twice', async () => {
    expect((await rp.tokens({ scope: 'read read' })).scope).toBe('read');
  });

  it('refuses a scope that does not exist, or that the client may not have', async () => {
    const other = await aScope(server);
    for (const scope of ['unknown', 'openid unknown', other.name, 'email', 'READ', 'management']) {
      expectRedirectError(server, (await rp.authorize({ scope, state: 's' })).location, 'invalid_scope', 's');
      expectOAuthError(await machine.clientCredentials({ scope }), 400, 'invalid_scope');
    }
  });

  it.each(['read\nwrite', 'read"', 'read\\', 'réad', ' read', 'read  write', 'read ', 'read\twrite'])(
    'Q04 refuses %j, which breaks the grammar',
    async (scope) => {
      expectRedirectError(server, (await rp.authorize({ scope, state: 's' })).location, 'invalid_scope', 's');
      expectOAuthError(await machine.clientCredentials({ scope }), 400, 'invalid_scope');
    },
  );

  it('Q04 refuses 10,000 scopes, quickly', async () => {
    const scope = Array.from({ length: 10_000 }, (_, index) => `s${index}`).join(' ');
    const began = performance.now();
    expect((await machine.clientCredentials({ scope: scope.slice(0, 60_000) })).json.error).toBe(
      'invalid_scope',
    );
    expect((await machine.clientCredentials({ scope: scope.repeat(20) })).status).toBe(413);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  describe('with default scopes', () => {
    let own: TestServer;
    beforeAll(async () => void (own = await startServer({ settings: { defaultScopes: ['read'] } })));
    afterAll(() => own.close());

    it('grants these when nothing is asked for', async () => {
      const client = await aRelyingParty(own, aClient().machine());
      expect((await client.clientCredentials()).json.scope).toBe('read');
      expect((await client.clientCredentials({ scope: 'write' })).json.scope).toBe('write');
    });
  });
});
