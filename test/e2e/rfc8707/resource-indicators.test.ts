import {
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  expectOAuthError,
  expectRedirectError,
  sharedServer,
  tokensOf,
} from '../../support/index.js';

describe('RFC 8707 §2 resource indicators', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const rp = await (await aRelyingParty(server)).signIn(user);
  const machine = await aRelyingParty(server, aClient().machine());
  const [api1, api2] = ['https://api1.test', 'https://api2.test'];

  const audienceOf = async (token: string) => (await rp.introspect(token)).json.aud as string | string[];

  it('means this server when none is named', async () => {
    expect(await audienceOf((await rp.tokens()).access_token)).toBe(server.issuer);
  });

  it('gives a token for the resource alone, as long and in the form that it wants', async () => {
    const opaque = await rp.tokens({ scope: 'read', resource: api1 });
    expect(await audienceOf(opaque.access_token)).toBe(api1);
    const jwt = await rp.tokens({ scope: 'read', resource: api2 });
    expect(claimsOf(jwt.access_token).aud).toBe(api2);
    expect(jwt.expires_in).toBe(300);
  });

  it('does so for a client that acts for itself', async () => {
    const { json } = await machine.clientCredentials({ resource: api1 });
    expect((await machine.introspect(json.access_token)).json.aud).toBe(api1);
  });

  it('takes several, in a query and in a form', async () => {
    const url = `${rp.authorizationUrl({ scope: 'read', resource: api1 })}&resource=${encodeURIComponent(api2)}`;
    const { verifier: code_verifier } = rp;
    const code = (await rp.complete(await rp.browser.open(url))).searchParams.get('code')!;
    const tokens = tokensOf(await rp.exchange(code, { code_verifier }));
    expect(await audienceOf(tokens.access_token)).toEqual([api1, api2]);
    const body = `grant_type=client_credentials&resource=${api1}&resource=${api2}`;
    const { json } = await machine.post('/oauth/token', {}, { body });
    expect((await machine.introspect(json.access_token)).json.aud).toEqual([api1, api2]);
  });

  it.each(['https://unknown.test', 'https://api1.test/', 'HTTPS://api1.test', 'x', 'https://api1.test#f'])(
    'refuses the resource %s, which is not registered',
    async (resource) => {
      expectRedirectError(
        server,
        (await rp.authorize({ resource, state: 's' })).location,
        'invalid_target',
        's',
      );
      expectOAuthError(await machine.clientCredentials({ resource }), 400, 'invalid_target');
    },
  );

  it('§2.2 narrows at the token endpoint and widens again at a refresh, never beyond what was allowed', async () => {
    const code = await rp.code({ scope: 'read', resource: api1 });
    expectOAuthError(await rp.exchange(code, { resource: api2 }), 400, 'invalid_target');
    const tokens = tokensOf(await rp.exchange(code, { resource: api1 }));
    expect(await audienceOf(tokens.access_token)).toBe(api1);
    expectOAuthError(await rp.refresh(tokens.refresh_token, { resource: api2 }), 400, 'invalid_target');
    expect(await audienceOf(tokensOf(await rp.refresh(tokens.refresh_token)).access_token)).toBe(api1);
  });

  it('shows the person which services are meant', async () => {
    const page = await rp.authorize({ scope: 'read', resource: api1, prompt: 'consent' });
    expect(page.body).toContain(api1);
  });
});
