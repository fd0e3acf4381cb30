import { aRelyingParty, aUser, formOf, sharedServer } from '../../support/index.js';

describe('RFC 9207 §2 issuer identification', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const rp = await aRelyingParty(server);

  it('C11 names the issuer once in a success, an error and a denial, byte for byte', async () => {
    const { issuer } = (await server.send('/.well-known/openid-configuration')).json;
    const consent = await rp.browser.signIn(user, await rp.authorize());
    const denied = (await rp.browser.submit(consent, { decision: 'deny' })).location!;
    const refused = (await rp.authorize({ scope: 'unknown' })).location!;
    const granted = await rp.signInAndConsent(user);
    for (const location of [denied, refused, granted]) {
      expect(location.searchParams.getAll('iss')).toEqual([issuer]);
    }
  });

  it('C11 does so in form_post as well', async () => {
    const granted = await rp.authorize({ response_mode: 'form_post', state: 's' });
    const refused = await rp.authorize({ response_mode: 'form_post', state: 's', scope: 'unknown' });
    expect(formOf(granted)).toEqual({
      action: 'https://rp.test/cb',
      hidden: {
        code: expect.stringMatching(/^[\w-]{43}$/),
        session_state: expect.any(String),
        ...{ state: 's', iss: server.issuer },
      },
    });
    expect(formOf(refused).hidden).toMatchObject({ error: 'invalid_scope', state: 's', iss: server.issuer });
  });
});
