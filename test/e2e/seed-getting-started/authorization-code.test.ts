import { aClient, aUser, sharedServer, RelyingParty } from '../../support/index.js';
import { curl } from '../../support/curl.js';

describe('Getting started: authorization code', async () => {
  const server = await sharedServer();
  const user = await aUser().with({ given_name: 'William', email: 'wiliam@example.com' }).register(server);
  const redirectUri = 'http://127.0.0.1:8000/noexist/callback';
  const client = await aClient()
    .post()
    .with({ require_pkce: false })
    .redirectUris(redirectUri)
    .scope('read write user_info')
    .register(server);
  const rp = new RelyingParty(server, client);

  it('leads from the address in the browser to the resource', async () => {
    // The browser: response_type, client_id and redirect_uri, nothing else.
    const address = `${server.issuer}/oauth/authorize?response_type=code&client_id=${client.id}&redirect_uri=${redirectUri}`;
    const back = await rp.complete(await rp.browser.open(address), user);
    expect(back.href.startsWith(`${redirectUri}?code=`)).toBe(true);
    const code = back.searchParams.get('code')!;

    // curl -X POST … -d client_id -d client_secret -d code -d redirect_uri -d grant_type
    const answer = await curl(
      ...['-X', 'POST', '-H', 'Cache-Control: no-cache'],
      ...['-H', 'Content-Type: application/x-www-form-urlencoded', `${server.issuer}/oauth/token`],
      ...['-d', `client_id=${client.id}`, '-d', `client_secret=${client.secret}`, '-d', `code=${code}`],
      ...['-d', `redirect_uri=${redirectUri}`, '-d', 'grant_type=authorization_code'],
    );
    const tokens = JSON.parse(answer) as Record<string, string>;
    expect(tokens).toEqual({
      access_token: expect.any(String),
      expires_in: 3600,
      token_type: 'Bearer',
      scope: 'read write user_info',
      refresh_token: expect.any(String),
    });

    // curl -H "Authorization: Bearer …" -X GET …/resource
    const resource = await curl(
      '-H',
      `Authorization: Bearer ${tokens.access_token}`,
      '-X',
      'GET',
      `${server.issuer}/api/me`,
    );
    expect(JSON.parse(resource)).toEqual({
      username: user.username,
      first_name: 'William',
      email: 'wiliam@example.com',
    });
  });
});
