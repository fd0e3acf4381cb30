import { aClient, aRelyingParty, aUser, expectErrorPage, sharedServer } from '../../support/index.js';
import type { Parameters } from '../../support/index.js';

const server = await sharedServer();
const user = await aUser().register(server);

describe('RFC 6749 §3.1.2 redirection endpoint', async () => {
  const registered = 'https://rp1.test/cb';
  const rp = await aRelyingParty(server, aClient().redirectUris(registered));
  await aClient().redirectUris('https://rp2.test/cb').register(server);

  async function isRefused(redirectUri: string | undefined, overrides: Parameters = {}): Promise<void> {
    const page = await rp.authorize({ redirect_uri: redirectUri, ...overrides });
    expectErrorPage(page);
    expect(page.body).toContain('redirect_uri');
  }

  it.each(['https://evil.test/cb', 'https://rp2.test/cb', '/cb', 'rp1.test/cb', '//rp1.test/cb'])(
    'R01 refuses %s, which is not registered for the client',
    (uri) => isRefused(uri),
  );

  it.each(['/evil', '/../evil', '/..;/evil', '/%2e%2e/evil', '%2f..%2fevil', '%5c..%5cevil', ';x=1'])(
    'R02 refuses the registered URI with %s behind it',
    (suffix) => isRefused(registered + suffix),
  );

  it.each([
    'https://rp1.test.evil.test/cb',
    'https://rp1.test@evil.test/cb',
    'https://rp1.test@x@evil.test/cb',
    'https://rp1.test:443@evil.test/cb',
    'https://evil.test#@rp1.test/cb',
    'https://:@rp1.test/cb',
  ])('R03 is not confused about the host of %s', (uri) => isRefused(uri));

  it.each([
    'https://rp1.test\\@evil.test/cb',
    'https://rp1.test\t/cb',
    'https://rp1.test/cb\n',
    'https://rp1。test/cb',
    'https://rp1.test/cb\u200b',
  ])('R04 compares text, so no parser can differ about %j', (uri) => isRefused(uri));

  it.each([
    'https://rр1.test/cb',
    'https://xn--r1-emc.test/cb',
    'https://ｒp1.test/cb',
    'https://rp1.test./cb',
  ])('R05 refuses the look-alike %s', (uri) => isRefused(uri));

  it.each([
    'HTTPS://rp1.test/cb',
    'https://RP1.test/cb',
    'https://rp1.test:443/cb',
    'https://rp1.test/CB',
    'https://rp1.test/%63b',
    'https://rp1.test/cb/',
  ])('R06 does not normalise %s', (uri) => isRefused(uri));

  it.each(['?x=1', '?code=ATTACKER', '?state=ATT&', '%3Fcode%3DATT'])(
    'R07 refuses the registered URI with the query %s',
    (suffix) => isRefused(registered + suffix),
  );

  it.each(['#', '#x', '%23x'])('R09 refuses the fragment %s', (suffix) => isRefused(registered + suffix));

  it.each([
    { response_type: 'foo' },
    { response_type: undefined },
    { scope: 'unknown' },
    { scope: 'mal"formed' },
    { response_mode: 'foo' },
    { prompt: 'none' },
    { code_challenge: undefined },
    { request: 'eyJhbGciOiJub25lIn0.eyJyZWRpcmVjdF91cmkiOiJodHRwczovL2V2aWwudGVzdC9jYiJ9.' },
  ] as Parameters[])('R13 refuses the redirect URI before anything else is wrong: %j', (overrides) =>
    isRefused('https://evil.test/cb', overrides),
  );

  it('R13 redirects nobody for an unknown client', async () => {
    expectErrorPage(await rp.authorize({ client_id: 'unknown', redirect_uri: 'https://evil.test/cb' }));
    expectErrorPage(await rp.authorize({ client_id: 'unknown' }));
  });

  it('R13 redirects nobody for a disabled client', async () => {
    const disabled = await aRelyingParty(server, aClient().with({ disabled: true }));
    expectErrorPage(await disabled.authorize());
  });

  it('R13 refuses it for somebody who is signed in, too', async () => {
    const signedIn = await (await aRelyingParty(server)).signIn(user);
    expectErrorPage(await signedIn.authorize({ redirect_uri: 'https://evil.test/cb', prompt: 'none' }));
  });

  it('says what the developer needs, and nothing of other applications', async () => {
    const page = await rp.authorize({ redirect_uri: 'https://rp2.test/cb' });
    expect(page.body).toContain('id="error-parameter"');
    expect(page.body).not.toContain(registered);
  });
});

describe('RFC 6749 §3.1.2.3 dynamic configuration', () => {
  it('uses the only registered URI when the request names none', async () => {
    const rp = await aRelyingParty(server);
    const back = await rp.signInAndConsent(user, { redirect_uri: undefined });
    expect(back.origin + back.pathname).toBe('https://rp.test/cb');
  });

  it('needs the redirect_uri when two are registered', async () => {
    const rp = await aRelyingParty(server, aClient().redirectUris('https://rp.test/a', 'https://rp.test/b'));
    expectErrorPage(await rp.authorize({ redirect_uri: undefined }));
    const back = await rp.signInAndConsent(user, { redirect_uri: 'https://rp.test/b' });
    expect(back.pathname).toBe('/b');
  });

  it('keeps the query of a registered URI, character by character', async () => {
    const uri = 'https://rp.test/cb?foo=bar%2F&code=own&x';
    const rp = await aRelyingParty(server, aClient().redirectUris(uri));
    const back = await rp.signInAndConsent(user);
    expect(back.href.startsWith(`${uri}&code=`)).toBe(true);
    expectErrorPage(await rp.authorize({ redirect_uri: uri.replace('bar', 'baz') }));
    expectErrorPage(await rp.authorize({ redirect_uri: 'https://rp.test/cb' }));
  });

  it.each([
    'https://rp1.test/cb#',
    'https://rp1.test/cb#x',
    'https://user@rp1.test/cb',
    'https://@rp1.test/cb',
    'https://rp1.test\\@evil.test/cb',
    'https://*.rp1.test/cb',
    'https://rр1.test/cb',
    'http://rp1.test/cb',
    'javascript:alert(1)//',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '/cb',
  ])('R03 R09 R17 cannot register %s', async (uri) => {
    await expect(aClient().redirectUris(uri).register(server)).rejects.toMatchObject({
      code: 'invalid_redirect_uri',
    });
  });
});
