import { aClient, aRelyingParty, aUser, expectOAuthError, sharedServer } from '../../support/index.js';

describe('RFC 7009 token revocation', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const rp = await (await aRelyingParty(server)).signIn(user);

  it.each(['access_token', 'refresh_token'] as const)(
    'J09 ends the %s and everything of its family',
    async (name) => {
      const tokens = await rp.tokens();
      const answer = await rp.revoke(tokens[name]);
      expect([answer.status, answer.body, answer.headers['cache-control']]).toEqual([200, '', 'no-store']);
      expect(await rp.isAlive(tokens.access_token)).toBe(false);
      expect(await rp.isAlive(tokens.refresh_token)).toBe(false);
      expect((await rp.userinfo(tokens.access_token)).status).toBe(401);
      expectOAuthError(await rp.refresh(tokens.refresh_token), 400, 'invalid_grant');
    },
  );

  it('§2.2 answers with an object to a client that asks for JSON, and would parse an empty body', async () => {
    const { access_token } = await rp.tokens();
    const headers = { accept: 'application/json' };
    const answer = await rp.post('/oauth/revoke', { token: access_token }, { headers });
    expect([answer.status, answer.json]).toEqual([200, {}]);
    expect(await rp.isAlive(access_token)).toBe(false);
  });

  it.each(['refresh_token', 'access_token', 'unknown', ''])(
    'J09 does so with the hint %j',
    async (token_type_hint) => {
      const tokens = await rp.tokens();
      await rp.revoke(tokens.access_token, { token_type_hint });
      expect(await rp.isAlive(tokens.access_token)).toBe(false);
      const others = await rp.tokens();
      await rp.revoke(others.refresh_token, { token_type_hint });
      expect(await rp.isAlive(others.refresh_token)).toBe(false);
    },
  );

  it('J09 lets a public client revoke its own tokens', async () => {
    const client = await aRelyingParty(server, aClient().public());
    const { access_token, refresh_token } = await client.tokens({}, user);
    expect((await client.revoke(refresh_token)).status).toBe(200);
    expect((await client.userinfo(access_token)).status).toBe(401);
  });

  it.each(['opaque', 'jwt'] as const)(
    'J09 ends the %s access token of a client that acts for itself',
    async (format) => {
      const client = await aRelyingParty(server, aClient().machine().with({ access_token_format: format }));
      const [one, other] = [await client.clientCredentials(), await client.clientCredentials()];
      await client.revoke(one.json.access_token);
      expect(await client.isAlive(one.json.access_token)).toBe(false);
      expect(await client.isAlive(other.json.access_token)).toBe(true);
    },
  );

  it('J09 ends a JWT access token with its family', async () => {
    const client = await aRelyingParty(server, aClient().with({ access_token_format: 'jwt' }));
    const { access_token, refresh_token } = await client.tokens({}, user);
    await client.revoke(refresh_token);
    expect((await client.userinfo(access_token)).status).toBe(401);
    expect(await client.isAlive(access_token)).toBe(false);
  });

  it('J09 takes the family by a refresh token that was rotated, and by one whose access token has expired', async () => {
    const first = await rp.tokens();
    const second = (await rp.refresh(first.refresh_token)).json;
    server.clock.advance(3_601);
    expect((await rp.revoke(first.refresh_token)).status).toBe(200);
    expect(await rp.isAlive(second.refresh_token)).toBe(false);
  });

  it('J08 leaves the tokens of another client alone, and says nothing', async () => {
    const strangers = [aClient(), aClient().post(), aClient().public(), aClient().resourceServer()];
    for (const builder of strangers) {
      const stranger = await aRelyingParty(server, builder);
      const tokens = await rp.tokens();
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        const answer = await stranger.revoke(token);
        expect([answer.status, answer.body]).toEqual([200, '']);
      }
      expect(await rp.isAlive(tokens.access_token)).toBe(true);
      expect(await rp.isAlive(tokens.refresh_token)).toBe(true);
    }
  });

  it.each(['unknown', 'a.b.c', 'x'.repeat(10_000)])(
    'answers 200 for a token that it does not know',
    async (token) => {
      expect((await rp.revoke(token)).status).toBe(200);
    },
  );

  it('answers 200 for a token that is revoked already', async () => {
    const { access_token } = await rp.tokens();
    await rp.revoke(access_token);
    expect((await rp.revoke(access_token)).status).toBe(200);
  });

  it('needs a token', async () => {
    expectOAuthError(await rp.post('/oauth/revoke', {}), 400, 'invalid_request');
  });
});
