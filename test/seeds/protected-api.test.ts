import { Controller, Get, Module } from '@nestjs/common';
import { AccessToken, CurrentUser, RequireScopes } from '../../src/index.js';
import type { LiveAccessToken, User } from '../../src/index.js';
import { aClient, aRelyingParty, aUser, sharedServer, startServer, tokensOf } from '../support/index.js';
import type { TestServer } from '../support/index.js';

/** Somebody's API, guarded as docs/protecting-an-api.md says. */
@Controller('notes')
class NotesController {
  @Get()
  @RequireScopes('read')
  list(@AccessToken() token: LiveAccessToken, @CurrentUser() user: User | null): object {
    return { client: token.clientId, scope: token.scope.toString(), of: user?.username ?? null };
  }

  @Get('misspelt')
  @RequireScopes('raed')
  misspelt(): string {
    return 'unreachable';
  }
}

@Module({ controllers: [NotesController] })
class NotesModule {}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe('Seeds: protecting an API', async () => {
  const shared = await sharedServer();
  const claims = { given_name: 'Ada', family_name: 'Lovelace', email: 'ada@example.com' };
  const ada = await aUser().with(claims).register(shared);
  let server: TestServer;
  beforeAll(async () => void (server = await startServer({ modules: [NotesModule] })));
  afterAll(() => server.close());

  // @see src/common/bearer-token.ts
  it('row 66: an access token in the Authorization header opens the resource', async () => {
    const rp = await aRelyingParty(shared);
    const { access_token } = await rp.tokens({ scope: 'user_info' }, ada);
    expect((await shared.send('/api/me', bearer(access_token))).status).toBe(200);
    expect((await shared.send('/api/me')).status).toBe(401);
    expect((await shared.send(`/api/me?access_token=${access_token}`)).status).toBe(401);
  });

  // @see src/resource-server/access-token.guard.ts, docs/protecting-an-api.md
  it('row 82: one decorator protects a route, and gives it the token and its user', async () => {
    const rp = await aRelyingParty(server, aClient().scope('openid read'));
    const user = await aUser().register(server);
    const { access_token } = await rp.tokens({ scope: 'read' }, user);
    const answer = await server.send('/notes', bearer(access_token));
    expect(answer.json).toEqual({ client: rp.client.id, scope: 'read', of: user.username });
    const other = await rp.tokens({ scope: 'openid' });
    const refused = await server.send('/notes', bearer(other.access_token));
    expect(refused.status).toBe(403);
    expect(refused.headers['www-authenticate']).toContain('error="insufficient_scope", scope="read"');
  });

  // @see src/resource-server/access-token.guard.ts
  it('row 83: the scope of the token must be the very name that the route asks for', async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    const { access_token } = tokensOf(await rp.clientCredentials({ scope: 'read write' }));
    expect((await server.send('/notes', bearer(access_token))).status).toBe(200);
    const misspelt = await server.send('/notes/misspelt', bearer(access_token));
    expect([misspelt.status, misspelt.json.error]).toEqual([403, 'insufficient_scope']);
  });

  // @see src/userinfo/me.controller.ts
  it('row 84: a sample API answers with user name, first name, last name and email, for the scope user_info', async () => {
    const rp = await aRelyingParty(shared);
    const { access_token } = await rp.tokens({ scope: 'user_info' }, ada);
    expect((await shared.send('/api/me', bearer(access_token))).json).toEqual({
      username: ada.username,
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'ada@example.com',
    });
    const without = await rp.tokens({ scope: 'openid profile email' });
    expect((await shared.send('/api/me', bearer(without.access_token))).status).toBe(403);
  });

  // @see src/tokens/access-tokens.service.ts, src/common/bearer-errors.ts
  it('row 85: an access token that has expired is answered with 401, and a refresh helps', async () => {
    const rp = await aRelyingParty(server, aClient().scope('read'));
    const { access_token, refresh_token, expires_in } = await rp.tokens(
      { scope: 'read' },
      await aUser().register(server),
    );
    expect((await server.send('/notes', bearer(access_token))).status).toBe(200);
    server.clock.advance(expires_in);
    const late = await server.send('/notes', bearer(access_token));
    expect(late.status).toBe(401);
    expect(late.headers['www-authenticate']).toContain('error="invalid_token"');
    const refreshed = tokensOf(await rp.refresh(refresh_token));
    expect((await server.send('/notes', bearer(refreshed.access_token))).status).toBe(200);
  });
});
