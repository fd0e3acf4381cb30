import {
  aClient,
  aRelyingParty,
  aResource,
  aUser,
  changeClient,
  expectOAuthError,
  sharedServer,
} from '../../support/index.js';

const INACTIVE = '{"active":false}';

describe('RFC 7662 §2.2 introspection response', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const rp = await (await aRelyingParty(server)).signIn(user);
  const issuedAt = () => Math.floor(server.clock.now().getTime() / 1000);

  it('describes an access token', async () => {
    const { access_token } = await rp.tokens({ scope: 'openid read' });
    const answer = await rp.introspect(access_token);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json).toEqual({
      active: true,
      scope: 'openid read',
      client_id: rp.client.id,
      username: user.username,
      token_type: 'Bearer',
      exp: issuedAt() + 3600,
      iat: issuedAt(),
      sub: user.subject,
      aud: server.issuer,
      iss: server.issuer,
    });
  });

  it('describes a JWT access token alike', async () => {
    const client = await aRelyingParty(server, aClient().with({ access_token_format: 'jwt' }));
    const { access_token } = await client.tokens({ scope: 'openid read' }, user);
    expect((await client.introspect(access_token)).json).toMatchObject({
      active: true,
      scope: 'openid read',
      client_id: client.client.id,
      username: user.username,
      token_type: 'Bearer',
      exp: issuedAt() + 3600,
      sub: user.subject,
      iss: server.issuer,
    });
  });

  it('describes a refresh token to its own client', async () => {
    const { refresh_token } = await rp.tokens({ scope: 'openid read' });
    const { json } = await rp.introspect(refresh_token);
    expect(json).toMatchObject({
      active: true,
      scope: 'openid read',
      client_id: rp.client.id,
      sub: user.subject,
    });
    expect(json.exp).toBe(issuedAt() + 14 * 86_400);
    expect(json).not.toHaveProperty('token_type');
  });

  it.each(['access_token', 'refresh_token', 'unknown'])(
    'finds any token with the hint %s',
    async (token_type_hint) => {
      const tokens = await rp.tokens();
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        expect((await rp.introspect(token, { token_type_hint })).json.active).toBe(true);
      }
    },
  );

  describe('J06 of a dead token says nothing but that', () => {
    it('expired', async () => {
      const { access_token } = await rp.tokens();
      server.clock.advance(3_599);
      expect(await rp.isAlive(access_token)).toBe(true);
      server.clock.advance(1);
      expect((await rp.introspect(access_token)).body).toBe(INACTIVE);
    });

    it('rotated', async () => {
      const { refresh_token } = await rp.tokens();
      await rp.refresh(refresh_token);
      expect((await rp.introspect(refresh_token)).body).toBe(INACTIVE);
    });

    it.each(['unknown', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.', '%'])('unknown: %s', async (token) => {
      const answer = await rp.introspect(token);
      expect([answer.status, answer.body, answer.headers['cache-control']]).toEqual([
        200,
        INACTIVE,
        'no-store',
      ]);
    });

    it('no access token at all', async () => {
      const { id_token } = await rp.tokens();
      expect((await rp.introspect(id_token)).body).toBe(INACTIVE);
      expect((await rp.introspect(await rp.code())).body).toBe(INACTIVE);
    });

    it('of a client that is disabled', async () => {
      const api = await aRelyingParty(server, aClient().resourceServer());
      const client = await aRelyingParty(server);
      const { access_token } = await client.tokens({}, user);
      expect(await api.isAlive(access_token)).toBe(true);
      await changeClient(server, client.client, { disabled: true });
      expect((await api.introspect(access_token)).body).toBe(INACTIVE);
    });
  });

  describe('J05 §4 tells only whom it concerns', () => {
    it('refuses whoever does not authenticate, and a public client', async () => {
      const { access_token: token } = await rp.tokens();
      const anonymous = await server.send('/oauth/introspect', { method: 'POST', body: { token } });
      expectOAuthError(anonymous, 401, 'invalid_client');
      const client = await aRelyingParty(server, aClient().public());
      expectOAuthError(await client.introspect(token), 401, 'invalid_client');
    });

    it('tells another client nothing', async () => {
      const tokens = await rp.tokens();
      const stranger = await aRelyingParty(server);
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        expect((await stranger.introspect(token)).body).toBe(INACTIVE);
      }
    });

    it.each(['opaque', 'jwt'] as const)(
      'tells a resource server about its own tokens only: %s',
      async (format) => {
        const identifier = `https://${format}.test`;
        await aResource(server, { identifier, accessTokenFormat: format });
        const { access_token } = await rp.tokens({ scope: 'read', resource: identifier });
        const own = await aRelyingParty(server, aClient().resourceServer(identifier));
        const other = await aRelyingParty(server, aClient().resourceServer('https://api1.test'));
        expect((await own.introspect(access_token)).json).toMatchObject({ active: true, aud: identifier });
        expect((await other.introspect(access_token)).body).toBe(INACTIVE);
      },
    );

    it('tells no resource server about refresh tokens', async () => {
      const { refresh_token } = await rp.tokens();
      const api = await aRelyingParty(server, aClient().resourceServer());
      expect((await api.introspect(refresh_token)).body).toBe(INACTIVE);
    });

    it('tells a disabled resource server nothing', async () => {
      const { access_token } = await rp.tokens();
      const api = await aRelyingParty(server, aClient().resourceServer());
      await changeClient(server, api.client, { disabled: true });
      expectOAuthError(await api.introspect(access_token), 401, 'invalid_client');
    });
  });

  it('needs a token', async () => {
    expectOAuthError(await rp.post('/oauth/introspect', {}), 400, 'invalid_request');
  });
});
