import { aClient, aRelyingParty, aUser, expectErrorPage, sharedServer } from '../../support/index.js';

describe('RFC 8252 §7 redirect URIs of native applications', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const rp = await aRelyingParty(server, aClient().public().native());

  it.each([
    'http://127.0.0.1:51004/cb',
    'http://127.0.0.1/cb',
    'http://127.0.0.1:80/cb',
    'com.example.app:/cb',
  ])('R12 accepts %s', async (redirect_uri) => {
    const back = await rp.signInAndConsent(user, { redirect_uri });
    expect(back.href.startsWith(new URL(redirect_uri).href)).toBe(true);
    expect(back.searchParams.get('code')).toMatch(/^[\w-]{43}$/);
  });

  it('redeems the code for the very port of the request', async () => {
    const redirect_uri = 'http://127.0.0.1:51004/cb';
    const code = await rp.code({ redirect_uri }, user);
    expect((await rp.exchange(code)).json.error).toBe('invalid_grant');
    expect((await rp.exchange(code, { redirect_uri })).status).toBe(200);
  });

  it.each([
    'http://127.0.0.1:51004/other',
    'http://127.0.0.1:51004/cb?x=1',
    'http://127.0.0.1:51004/cb/',
    'http://attacker@127.0.0.1/cb',
    'http://127.0.0.1:1@evil.test/cb',
    'http://localhost:5/cb',
    'http://127.0.0.1.evil.test/cb',
    'http://127.0.0.1:80.evil.test/cb',
    'http://2130706433/cb',
    'http://0x7f.1/cb',
    'http://[::1]/cb',
    'http://[::1]:5/cb',
    'https://127.0.0.1/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1:99999/cb',
    'http://127.0.0.1:123456/cb',
    'com.example.app:/other',
    'com.example.app://cb',
    'COM.example.app:/cb',
  ])('R12 refuses %s', async (redirect_uri) => {
    expectErrorPage(await rp.authorize({ redirect_uri }));
  });

  it('R12 varies no port for a web application', async () => {
    const web = await aRelyingParty(
      server,
      aClient().redirectUris('https://rp.test/cb', 'http://127.0.0.1/cb'),
    );
    expectErrorPage(await web.authorize({ redirect_uri: 'https://rp.test:8443/cb' }));
    expectErrorPage(await web.authorize({ redirect_uri: 'http://127.0.0.1:51004/cb' }));
  });

  it.each(['myapp:/cb', 'javascript:/cb', 'http://rp.test/cb', 'http://10.0.0.1/cb'])(
    'R17 cannot register %s',
    async (uri) => {
      const builder = aClient().public().native().redirectUris(uri);
      await expect(builder.register(server)).rejects.toMatchObject({ code: 'invalid_redirect_uri' });
    },
  );

  it('§8.6 lets only a native application have a private scheme', async () => {
    await expect(aClient().redirectUris('com.example.app:/cb').register(server)).rejects.toThrow('https');
  });
});
