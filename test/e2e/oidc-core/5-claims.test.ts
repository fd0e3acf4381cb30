import { aRelyingParty, aScope, aUser, aClient, sharedServer } from '../../support/index.js';

const CLAIMS = {
  name: 'Ada Lovelace',
  given_name: 'Ada',
  family_name: 'Lovelace',
  middle_name: 'King',
  nickname: 'Countess',
  profile: 'https://ada.test/',
  picture: 'https://ada.test/me.png',
  website: 'https://ada.test/blog',
  gender: 'female',
  birthdate: '1815-12-10',
  zoneinfo: 'Europe/London',
  locale: 'en-GB',
  updated_at: 1_700_000_000,
};
const EMAIL = { email: 'ada@example.com', email_verified: true };
const PHONE = { phone_number: '+44 20 7946 0000', phone_number_verified: false };
const ADDRESS = { address: { formatted: '12 St James’s Square, London' } };

describe('OpenID Connect Core §5.3, §5.4 userinfo and the scopes', async () => {
  const server = await sharedServer();
  const all = { ...CLAIMS, ...EMAIL, ...PHONE, ...ADDRESS };
  const user = await aUser().with(all).register(server);
  const builder = aClient().scope('openid profile email phone address read');
  const rp = await (await aRelyingParty(server, builder)).signIn(user);
  const profile = { ...CLAIMS, preferred_username: user.username };

  const released = async (scope: string) => {
    const answer = await rp.userinfo((await rp.tokens({ scope })).access_token);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['cache-control']).toBe('no-store');
    return answer.json as object;
  };

  it.each([
    ['openid', {}],
    ['openid profile', profile],
    ['openid email', EMAIL],
    ['openid phone', PHONE],
    ['openid address', ADDRESS],
    ['openid profile email phone address', { ...all, preferred_username: user.username }],
    ['openid read', {}],
  ])('releases for %s exactly its claims', async (scope, claims) => {
    expect(await released(scope)).toEqual({ sub: user.subject, ...claims });
  });

  it('releases the claims of a scope that the operator has made', async () => {
    const scope = await aScope(server, { claims: ['department', 'email'] });
    const engineer = await aUser()
      .with({ department: 'Engines', ...EMAIL })
      .register(server);
    const client = await aRelyingParty(server, aClient().scope(`openid ${scope.name}`));
    const { access_token } = await client.tokens({ scope: `openid ${scope.name}` }, engineer);
    expect((await client.userinfo(access_token)).json).toEqual({
      sub: engineer.subject,
      department: 'Engines',
      email: EMAIL.email,
    });
  });

  it('§5.3.2 sends no claim without a value', async () => {
    const poor = await aUser().with({ name: '', nickname: null, given_name: 'Poor' }).register(server);
    const client = await aRelyingParty(server);
    const { access_token } = await client.tokens({ scope: 'openid profile' }, poor);
    expect((await client.userinfo(access_token)).json).toEqual({
      sub: poor.subject,
      given_name: 'Poor',
      preferred_username: poor.username,
    });
  });

  it('says the same by GET, by POST with a header and by POST with a form', async () => {
    const { access_token } = await rp.tokens({ scope: 'openid email' });
    const headers = { authorization: `Bearer ${access_token}` };
    const answers = [
      await server.send('/oauth/userinfo', { headers }),
      await server.send('/oauth/userinfo', { method: 'POST', headers }),
      await server.send('/oauth/userinfo', { method: 'POST', body: { access_token } }),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.json]).toEqual([200, { sub: user.subject, ...EMAIL }]);
    }
  });
});
