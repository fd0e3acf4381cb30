import {
  aClient,
  aRelyingParty,
  aScope,
  aUser,
  changeClient,
  claimsOf,
  expectRedirectError,
  sharedServer,
  shows,
  tokensOf,
} from '../../support/index.js';
import type { RelyingParty, TestServer, TestUser } from '../../support/index.js';

const claims = (value: object): string => JSON.stringify(value);

describe('OpenID Connect Core §5.5 the claims parameter', () => {
  let server: TestServer;
  let user: TestUser;
  let rp: RelyingParty;

  beforeAll(async () => {
    server = await sharedServer();
    user = await aUser()
      .with({ name: 'Claire Claims', email: 'claire@example.com', email_verified: true })
      .register(server);
    rp = await (
      await aRelyingParty(server, aClient().scope('openid profile email offline_access read'))
    ).signIn(user);
  });

  it('is advertised', async () => {
    const metadata = (await server.send('/.well-known/openid-configuration')).json;
    expect(metadata.claims_parameter_supported).toBe(true);
  });

  it('gives at userinfo what was asked for there, and nothing else of its scope', async () => {
    const { access_token, id_token, scope } = await rp.tokens({
      claims: claims({ userinfo: { email: null } }),
    });
    expect(scope).toBe('openid');
    expect((await rp.userinfo(access_token)).json).toEqual({
      sub: user.subject,
      email: 'claire@example.com',
    });
    expect(claimsOf(id_token)).not.toHaveProperty('email');
  });

  it('puts into the ID token what was asked for there', async () => {
    const asked = { id_token: { email: { essential: true }, name: null } };
    const { access_token, id_token } = await rp.tokens({ claims: claims(asked) });
    expect(claimsOf(id_token)).toMatchObject({ email: 'claire@example.com', name: 'Claire Claims' });
    expect(claimsOf(id_token)).not.toHaveProperty('email_verified');
    expect((await rp.userinfo(access_token)).json).toEqual({ sub: user.subject });
  });

  it('remembers them for refreshed tokens, opaque or JWT', async () => {
    for (const access_token_format of ['opaque', 'jwt'] as const) {
      await changeClient(server, rp.client, { access_token_format });
      const asked = { userinfo: { email: null }, id_token: { name: null } };
      const first = await rp.tokens({ claims: claims(asked) });
      const second = tokensOf(await rp.refresh(first.refresh_token));
      expect((await rp.userinfo(second.access_token)).json.email).toBe('claire@example.com');
      expect(claimsOf(second.id_token)['name']).toBe('Claire Claims');
    }
  });

  it('asks the person about the scope that opens a claim, once', async () => {
    const other = await aUser().with({ email: 'o@example.com' }).register(server);
    const fresh = await aRelyingParty(server, aClient().scope('openid email'));
    await fresh.signIn(other);
    await fresh.code({ scope: 'openid' });
    const asked = { claims: claims({ userinfo: { email: null } }) };
    const page = await fresh.authorize(asked);
    expect(shows(page, 'consent-allow')).toBe(true);
    expect(page.body).toContain('Your email address');
    await fresh.complete(page);
    expect((await fresh.authorize(asked)).location?.searchParams.has('code')).toBe(true);
    expect((await fresh.authorize({ ...asked, prompt: 'none' })).location?.searchParams.has('code')).toBe(
      true,
    );
  });

  it('gives no claim by name that the client could not have by scope', async () => {
    const secret = await aScope(server, { claims: ['phone_number'] });
    const { access_token, id_token } = await rp.tokens({
      claims: claims({
        userinfo: { phone_number: { essential: true }, roles: null },
        id_token: { phone_number: null },
      }),
    });
    expect(secret.claims).toEqual(['phone_number']);
    expect((await rp.userinfo(access_token)).json).toEqual({ sub: user.subject });
    expect(claimsOf(id_token)).not.toHaveProperty('phone_number');
  });

  it('gives a claim by name no longer than the client may have it', async () => {
    const own = await (await aRelyingParty(server, aClient().scope('openid email'))).signIn(user);
    const { access_token } = await own.tokens({ claims: claims({ userinfo: { email: null } }) });
    await changeClient(server, own.client, { scope: 'openid' });
    expect((await own.userinfo(access_token)).json).toEqual({ sub: user.subject });
  });

  it('never lets a claim by name replace one of the protocol', async () => {
    const asked = {
      id_token: { iss: { value: 'https://evil.example' }, aud: null, exp: null, __proto__: null },
    };
    const { id_token } = await rp.tokens({ claims: claims(asked) });
    expect(claimsOf(id_token)).toMatchObject({ iss: server.issuer, aud: rp.client.id, sub: user.subject });
  });

  it('is ignored without openid', async () => {
    const back = await rp.signInAndConsent(user, {
      scope: 'read',
      claims: claims({ userinfo: { email: null } }),
    });
    expect(back.searchParams.has('code')).toBe(true);
  });

  it('§5.5.1 honours the value of sub: only that user will do', async () => {
    const of = (sub: string) => ({ prompt: 'none', claims: claims({ id_token: { sub: { value: sub } } }) });
    await rp.code();
    expect((await rp.authorize(of(user.subject))).location?.searchParams.has('code')).toBe(true);
    const { location } = await rp.authorize({ ...of('somebody-else'), state: 's' });
    expectRedirectError(server, location, 'login_required', 's');
  });

  it('refuses a sub that contradicts id_token_hint', async () => {
    const { id_token } = await rp.tokens();
    const asked = claims({ id_token: { sub: { value: 'somebody-else' } } });
    const { location } = await rp.authorize({ id_token_hint: id_token, claims: asked, state: 's' });
    expectRedirectError(server, location, 'invalid_request', 's');
  });

  it('§5.5.1.1 says that an essential acr is not known here, and ignores a voluntary one', async () => {
    const acr = { values: ['urn:mace:incommon:iap:silver'] };
    const essential = claims({ id_token: { acr: { ...acr, essential: true } } });
    const { location } = await rp.authorize({ claims: essential, state: 's' });
    expectRedirectError(server, location, 'unmet_authentication_requirements', 's');
    await expect(rp.code({ claims: claims({ id_token: { acr } }) })).resolves.toBeTruthy();
  });

  it.each([
    '{',
    'null',
    '[]',
    '"x"',
    '{"userinfo":[]}',
    '{"id_token":"x"}',
    '{"userinfo":{"email":true}}',
    '{"userinfo":{"email":[]}}',
    '{"id_token":{"sub":{"value":7}}}',
    `{"userinfo":{"${'x'.repeat(5000)}":null}}`,
    '['.repeat(4000),
  ])('refuses %.40s, which is malformed', async (text) => {
    const { location } = await rp.authorize({ claims: text, state: 's' });
    expectRedirectError(server, location, 'invalid_request', 's');
  });

  it('ignores members that it does not know', async () => {
    await expect(rp.code({ claims: '{"future":[1],"userinfo":null}' })).resolves.toBeTruthy();
  });

  it('§5.4 an ID token that comes alone holds what the scope opens', async () => {
    const alone = aClient()
      .grants('implicit')
      .with({ response_types: ['id_token', 'id_token token'] });
    const app = await (await aRelyingParty(server, alone)).signIn(user);
    const tokenOf = async (response_type: string) => {
      const back = await app.signInAndConsent(user, { response_type, nonce: 'n', scope: 'openid email' });
      return claimsOf(new URLSearchParams(back.hash.slice(1)).get('id_token')!);
    };
    expect(await tokenOf('id_token')).toMatchObject({ email: 'claire@example.com' });
    expect(await tokenOf('id_token token')).not.toHaveProperty('email');
  });
});
