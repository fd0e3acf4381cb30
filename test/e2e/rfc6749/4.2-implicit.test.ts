import { decodeJwt } from 'jose';
import { aClient, aRelyingParty, aUser, sharedServer } from '../../support/index.js';
import type { RelyingParty, TestServer, TestUser } from '../../support/index.js';

const fragmentOf = (url: URL): URLSearchParams => new URLSearchParams(url.hash.slice(1));

describe('RFC 6749 §4.2 implicit, OAuth 2.0 Multiple Response Types §5 hybrid: only where registered', () => {
  let server: TestServer;
  let user: TestUser;
  let rp: RelyingParty;

  beforeAll(async () => {
    server = await sharedServer();
    user = await aUser().register(server);
    const types = [
      'code',
      'token',
      'id_token',
      'id_token token',
      'code id_token',
      'code token',
      'code id_token token',
    ];
    const client = aClient()
      .grants('authorization_code', 'implicit', 'refresh_token')
      .with({ response_types: types });
    rp = await aRelyingParty(server, client);
    await rp.signIn(user);
  });

  it('returns an access token in the fragment, with iss and state, and never a refresh token', async () => {
    const answer = fragmentOf(await rp.signInAndConsent(user, { response_type: 'token', state: 's' }));
    expect(await rp.isAlive(answer.get('access_token')!)).toBe(true);
    expect(Object.fromEntries(answer)).toMatchObject({
      token_type: 'Bearer',
      state: 's',
      iss: server.issuer,
    });
    expect(Number(answer.get('expires_in'))).toBeGreaterThan(0);
    expect(answer.has('refresh_token')).toBe(false);
    expect(answer.has('code')).toBe(false);
  });

  it.each(['id_token token', 'token id_token', 'code id_token', 'code token', 'code id_token token'])(
    'returns exactly what response_type=%s asks for, of one family',
    async (responseType) => {
      const answer = fragmentOf(await rp.signInAndConsent(user, { response_type: responseType, nonce: 'n' }));
      const parts = responseType.split(' ');
      expect(answer.has('code')).toBe(parts.includes('code'));
      expect(answer.has('access_token')).toBe(parts.includes('token'));
      expect(answer.has('id_token')).toBe(parts.includes('id_token'));
      if (!parts.includes('id_token')) return;
      const claims = decodeJwt(answer.get('id_token')!);
      expect(claims['nonce']).toBe('n');
      expect('at_hash' in claims).toBe(parts.includes('token'));
      expect('c_hash' in claims).toBe(parts.includes('code'));
    },
  );

  it('lets the code of a hybrid response be redeemed once, and a replay end the token that came with it', async () => {
    const answer = fragmentOf(await rp.signInAndConsent(user, { response_type: 'code token' }));
    const code = answer.get('code')!;
    expect((await rp.exchange(code)).status).toBe(200);
    expect((await rp.exchange(code)).json.error).toBe('invalid_grant');
    expect(await rp.isAlive(answer.get('access_token')!)).toBe(false);
  });

  it('OpenID Connect Core §3.2.2.1: refuses an ID token without a nonce', async () => {
    const answer = fragmentOf(
      await rp.signInAndConsent(user, { response_type: 'id_token', nonce: undefined }),
    );
    expect(answer.get('error')).toBe('invalid_request');
  });

  it('never puts a token into a query', async () => {
    const back = await rp.signInAndConsent(user, { response_type: 'token', response_mode: 'query' });
    expect(back.search).toBe('');
    expect(fragmentOf(back).get('error')).toBe('invalid_request');
  });

  it.each(['token', 'id_token token', 'code token'])(
    'C12: response_type=%s does not exist for a client that is not registered for it',
    async (responseType) => {
      const other = await aRelyingParty(server);
      const back = await other.signInAndConsent(user, { response_type: responseType, nonce: 'n' });
      expect(back.searchParams.get('error')).toBe('unsupported_response_type');
      expect(back.href).not.toContain('access_token');
    },
  );
});

describe('RFC 6749 §4.3 resource owner password credentials: only where registered', () => {
  let server: TestServer;
  let user: TestUser;

  beforeAll(async () => {
    server = await sharedServer();
    user = await aUser().register(server);
  });

  const ask = (rp: RelyingParty, password = user.password) =>
    rp.token({ grant_type: 'password', username: user.username, password, scope: 'read' });

  it('issues tokens that speak for the user', async () => {
    const rp = await aRelyingParty(server, aClient().machine().grants('password', 'refresh_token').with({}));
    const answer = await ask(rp);
    expect(answer.json).toMatchObject({ token_type: 'Bearer', scope: 'read' });
    expect((await rp.introspect(answer.json.access_token)).json).toMatchObject({ sub: user.subject });
    expect((await rp.refresh(answer.json.refresh_token)).status).toBe(200);
  });

  it('answers a wrong password with invalid_grant', async () => {
    const rp = await aRelyingParty(server, aClient().machine().grants('password'));
    expect((await ask(rp, 'wrong')).json.error).toBe('invalid_grant');
  });

  it('C12: does not exist for a client that is not registered for it', async () => {
    expect((await ask(await aRelyingParty(server))).json.error).toBe('unsupported_grant_type');
  });
});
