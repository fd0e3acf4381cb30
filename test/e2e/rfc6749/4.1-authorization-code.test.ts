import { aClient, aRelyingParty, aUser, sharedServer, verifyJwt } from '../../support/index.js';

describe('RFC 6749 §4.1 authorization code grant', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);

  it.each([
    ['HTTP Basic', aClient()],
    ['the secret in the form', aClient().post()],
    ['no authentication', aClient().public()],
  ])('leads from sign-in to tokens, with %s', async (_, builder) => {
    const rp = await aRelyingParty(server, builder);
    const tokens = await rp.tokens({ nonce: 'n-1' }, user);
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid' });
    const { payload } = await verifyJwt(server, tokens.id_token, { audience: rp.client.id });
    expect(payload).toMatchObject({ sub: user.subject, nonce: 'n-1' });
    expect((await rp.userinfo(tokens.access_token)).json).toEqual({ sub: user.subject });
  });
});
