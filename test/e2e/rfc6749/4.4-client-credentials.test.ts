import { aClient, aRelyingParty, expectOAuthError, sharedServer } from '../../support/index.js';

describe('RFC 6749 §4.4 client credentials grant', async () => {
  const server = await sharedServer();
  const rp = await aRelyingParty(server, aClient().machine());

  it('gives an access token for the client itself', async () => {
    const { json } = await rp.clientCredentials();
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'read write',
    });
    expect((await rp.introspect(json.access_token)).json).toMatchObject({
      sub: rp.client.id,
      client_id: rp.client.id,
    });
  });

  it('T07 never gives a refresh token or an ID token', async () => {
    const both = aClient()
      .grants('client_credentials', 'authorization_code', 'refresh_token')
      .scope('openid offline_access read');
    const { json } = await (await aRelyingParty(server, both)).clientCredentials();
    expect(json).toMatchObject({ scope: 'read' });
    expect(json).not.toHaveProperty('refresh_token');
    expect(json).not.toHaveProperty('id_token');
  });

  it.each(['openid', 'offline_access', 'openid offline_access', 'read openid', 'email'])(
    'T07 refuses %s, which is about a user',
    async (scope) => {
      const both = aClient().grants('client_credentials', 'authorization_code');
      expectOAuthError(
        await (await aRelyingParty(server, both)).clientCredentials({ scope }),
        400,
        'invalid_scope',
      );
    },
  );

  it('narrows the scope to what is asked for', async () => {
    expect((await rp.clientCredentials({ scope: 'write' })).json.scope).toBe('write');
  });

  it('is only for clients that are registered for it', async () => {
    const web = await aRelyingParty(server);
    expectOAuthError(await web.clientCredentials(), 400, 'unauthorized_client');
  });

  it('is never for a public client', async () => {
    await expect(aClient().public().machine().register(server)).rejects.toThrow('confidential');
    const nobody = await aRelyingParty(server, aClient().public());
    expectOAuthError(await nobody.clientCredentials(), 400, 'unauthorized_client');
  });
});

describe('RFC 6749 §4.3 and §4.5: grants that are not offered', async () => {
  const server = await sharedServer();
  const rp = await aRelyingParty(server);

  it.each([
    'password',
    'implicit',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    'AUTHORIZATION_CODE',
    '__proto__',
  ])('C12 refuses grant_type %s', async (grant_type) => {
    const answer = await rp.token({ grant_type, username: 'alice', password: 'x' });
    expectOAuthError(answer, 400, 'unsupported_grant_type');
  });

  it.each([undefined, ''])('refuses a request with grant_type %j', async (grant_type) => {
    expectOAuthError(await rp.token({ grant_type }), 400, 'invalid_request');
  });
});
