import { ClientsService } from '../../src/clients/index.js';
import {
  Browser,
  EDITOR,
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  changeClient,
  expectErrorPage,
  sharedServer,
  tokensOf,
} from '../support/index.js';
import { asMachine, metadata } from '../e2e/management/management-api.js';
import { Developer, WEB } from '../e2e/portal/portal.js';

const RANDOM_256_BITS = /^[\w-]{43}$/;

describe('Seeds: registering applications', async () => {
  const server = await sharedServer();
  const clients = server.get(ClientsService);
  const dana = await Developer.signIn(server);
  const user = await aUser().register(server);

  /** The first page that an authorization request of this client leads its user to. */
  async function consentPage(rp: RelyingParty): Promise<string> {
    await rp.signIn(await aUser().register(server));
    return (await rp.authorize()).body;
  }

  // @see src/applications/applications.controller.ts
  it('row 16: whoever is signed in lists, registers, reads, changes and deletes applications of his own only', async () => {
    expect((await new Browser(server).get('/applications')).location?.pathname).toBe('/login');
    const { id } = await dana.register({ client_name: 'Row sixteen' });
    expect((await dana.get('/applications')).body).toContain('Row sixteen');
    expect((await dana.get(`/applications/${id}`)).body).toContain(id);
    expect((await dana.post(`/applications/${id}`, { ...WEB, client_name: 'Renamed' })).status).toBe(303);
    expect((await clients.get(id)).name).toBe('Renamed');
    const stranger = await Developer.signIn(server);
    expect((await stranger.get(`/applications/${id}`)).status).toBe(404);
    expect((await stranger.post(`/applications/${id}/delete`)).status).toBe(404);
    expect((await dana.post(`/applications/${id}/delete`)).status).toBe(303);
    expect(await clients.find(id)).toBeNull();
  });

  // @see src/clients/clients.service.ts, src/common/random.ts
  it('row 17: a client_id and a secret of 256 random bits are made, unless an operator chooses them', async () => {
    const [one, other] = [await dana.register(), await dana.register()];
    expect(one.id).toMatch(/^[\w-]{22}$/);
    expect(one.secret).toMatch(RANDOM_256_BITS);
    expect([one.id, one.secret]).not.toEqual([other.id, other.secret]);
    const api = await asMachine(server);
    const chosen = { client_id: `chosen-${one.id}`, client_secret: 'chosen by the operator' };
    expect((await api.post('/api/clients', metadata(chosen))).json.client_id).toBe(chosen.client_id);
  });

  // @see src/clients/client.entity.ts, src/applications/own-applications.service.ts
  it('row 18: an application belongs to the person who registered it, and people are shown who that is', async () => {
    const client = await dana.register();
    expect((await clients.get(client.id)).owner).toBe(dana.user.subject);
    expect(await consentPage(new RelyingParty(server, client))).toContain(
      `Registered by <bdi class="name">${dana.user.username}`,
    );
  });

  // @see src/pages/templates/consent.hbs, src/pages/templates/login.hbs
  it('row 19: its name is shown to whoever signs in and is asked', async () => {
    const rp = await aRelyingParty(server, aClient().with({ client_name: 'The Nineteenth' }));
    expect((await rp.authorize()).body).toContain('The Nineteenth');
    expect(await consentPage(rp)).toMatch(/The Nineteenth<\/bdi><\/strong> asks for access/);
  });

  // @see src/pages/templates/partials/logo.hbs, src/clients/client-metadata.ts
  it('row 20: its image is shown where it has one', async () => {
    const logo_uri = 'https://rp.test/logo.png';
    const withLogo = await consentPage(await aRelyingParty(server, aClient().with({ logo_uri })));
    expect(withLogo).toMatch(/<img id="client-logo"[^>]* src="https:\/\/rp\.test\/logo\.png"/);
    expect(await consentPage(await aRelyingParty(server))).not.toMatch(/<img id="client-logo"/);
  });

  // @see src/clients/client.entity.ts, src/client-authentication/none.method.ts
  it('row 21: it is confidential, with a secret to prove itself by, or public, with PKCE alone', async () => {
    const secretless = await aRelyingParty(server, aClient().public());
    expect(secretless.client.secret).toBeUndefined();
    expect((await secretless.tokens({}, user)).access_token).toMatch(RANDOM_256_BITS);
    const confidential = await aRelyingParty(server);
    const code = await confidential.code({}, user);
    const bare = new RelyingParty(server, { ...confidential.client, authenticationMethod: 'none' });
    const form = { code_verifier: confidential.verifier };
    expect((await bare.exchange(code, form)).json.error).toBe('invalid_client');
    await expect(aClient().machine().public().register(server)).rejects.toThrow('confidential clients only');
  });

  // @see src/grants/grants.service.ts, src/clients/client.entity.ts
  it('row 22: it may use the grant types that it is registered for, several if it needs them', async () => {
    const several = aClient().grants('authorization_code', 'refresh_token', 'client_credentials');
    const rp = await aRelyingParty(server, several);
    expect((await rp.clientCredentials({ scope: 'read' })).status).toBe(200);
    const { refresh_token } = await rp.tokens({}, user);
    expect((await rp.refresh(refresh_token)).status).toBe(200);
    const one = await aRelyingParty(server, aClient().machine());
    expect((await one.exchange('x')).json.error).toBe('unauthorized_client');
  });

  // @see src/clients/client-rules.ts, src/authorization/authorization-requests.service.ts
  it('row 23: it needs a redirect URI before it can send people here, and tokens go to a registered one only', async () => {
    await expect(aClient().redirectUris().register(server)).rejects.toThrow('at least one URI');
    const rp = await aRelyingParty(server, aClient().redirectUris('https://rp.test/a', 'https://rp.test/b'));
    const back = await rp.signInAndConsent(user, { redirect_uri: 'https://rp.test/b' });
    expect(back.href).toMatch(/^https:\/\/rp\.test\/b\?code=/);
    expectErrorPage(await rp.authorize({ redirect_uri: 'https://evil.test/' }));
  });

  // @see src/clients/redirect-uris.ts
  it('row 24: the only registered redirect URI is the default', async () => {
    const rp = await aRelyingParty(server);
    const back = await rp.signInAndConsent(user, { redirect_uri: undefined });
    expect(back.href.startsWith(`${rp.client.redirectUri}?`)).toBe(true);
    const code = back.searchParams.get('code')!;
    expect((await rp.exchange(code, { redirect_uri: undefined })).status).toBe(200);
    const two = await aRelyingParty(server, aClient().redirectUris('https://rp.test/a', 'https://rp.test/b'));
    expectErrorPage(await two.authorize({ redirect_uri: undefined }));
  });

  // @see src/clients/redirect-uris.ts
  it('row 25: one function says whether a redirect URI is registered, comparing it as text', async () => {
    const rp = await aRelyingParty(server, aClient().redirectUris('https://rp.test/cb'));
    expect((await rp.authorize()).status).toBe(200);
    for (const uri of [
      'https://rp.test/cb/',
      'https://rp.test/CB',
      'https://rp.test/cb?a=b',
      'https://rp.test/',
    ]) {
      expectErrorPage(await rp.authorize({ redirect_uri: uri }));
    }
  });

  // @see src/logout/logout-requests.service.ts
  it('row 26: addresses to return to after signing out are a list of their own', async () => {
    const bye = 'https://rp.test/bye';
    const rp = await aRelyingParty(server, aClient().with({ post_logout_redirect_uris: [bye] }));
    const { id_token } = await rp.tokens({}, user);
    const logout = (uri: string) =>
      rp.browser.open(
        `/oauth/logout?${new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: uri }).toString()}`,
      );
    expectErrorPage(await logout(rp.client.redirectUri));
    expect((await logout(bye)).location?.href).toBe(bye);
  });

  // @see src/clients/cors.middleware.ts, src/clients/client-metadata.ts
  it('row 27: pages of its allowed origins may call the token endpoint, and redirect URIs are none of them', async () => {
    const origin = 'http://localhost:5173';
    const redirects = {
      redirect_uris: ['https://spa-27.test/cb'],
      post_logout_redirect_uris: ['https://bye-27.test/'],
    };
    const rp = await aRelyingParty(
      server,
      aClient()
        .public()
        .with({ allowed_origins: [origin], ...redirects }),
    );
    const allowed = async (from: string) => {
      const answer = await rp.post(
        '/oauth/token',
        { grant_type: 'authorization_code' },
        { headers: { origin: from } },
      );
      return answer.headers['access-control-allow-origin'];
    };
    expect(await allowed(origin)).toBe(origin);
    for (const other of ['https://spa-27.test', 'https://bye-27.test', 'http://localhost:5174']) {
      expect(await allowed(other)).toBeUndefined();
    }
    await expect(
      aClient()
        .with({ allowed_origins: ['https://a.test/path'] })
        .register(server),
    ).rejects.toThrow('allowed_origins');
  });

  // @see src/clients/cors.middleware.ts
  it('row 28: CORS is answered for registered origins without any middleware of one’s own, and for nobody else', async () => {
    const origin = 'https://spa-28.test';
    await aClient()
      .public()
      .with({ allowed_origins: [origin] })
      .register(server);
    const preflight = (from: string) =>
      server.send('/oauth/token', {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'POST' },
      });
    const answer = await preflight(origin);
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([204, origin]);
    expect((await preflight('https://anybody.test')).headers['access-control-allow-origin']).toBeUndefined();
  });

  // @see src/clients/client-metadata.ts
  it('row 33: whatever else is to be known of it is kept with it', async () => {
    const api = await asMachine(server);
    const extra = { cost_centre: 4711, contacts: ['team@example.com'] };
    const { client_id } = (await api.post('/api/clients', metadata({ metadata: extra }))).json;
    expect((await api.get(`/api/clients/${client_id}`)).json.metadata).toEqual(extra);
  });

  // @see src/clients/response-types.ts, src/authorization/request-rules.ts
  it('row 34: it may use the response types that it is registered for', async () => {
    const codeOnly = await aRelyingParty(server);
    const { location } = await codeOnly.authorize({ response_type: 'token' });
    expect(location?.searchParams.get('error')).toBe('unsupported_response_type');
    const both = aClient()
      .grants('authorization_code', 'implicit')
      .with({ response_types: ['code', 'token'] });
    const rp = await aRelyingParty(server, both);
    const back = await rp.signInAndConsent(user, { response_type: 'token' });
    expect(new URLSearchParams(back.hash.slice(1)).get('access_token')).toMatch(RANDOM_256_BITS);
  });

  // @see src/grants/grants.service.ts
  it('row 35: its grant types are a list, and the token endpoint keeps to it', async () => {
    const rp = await aRelyingParty(server, aClient().grants('authorization_code', 'client_credentials'));
    expect((await rp.clientCredentials({ scope: 'read' })).status).toBe(200);
    expect(await rp.tokens({}, user)).not.toHaveProperty('refresh_token');
    expect((await rp.refresh('x')).json.error).toBe('unauthorized_client');
    await changeClient(server, rp.client, { grant_types: ['authorization_code'] });
    expect((await rp.clientCredentials({ scope: 'read' })).json.error).toBe('unauthorized_client');
  });

  // @see src/clients/clients.service.ts, src/clients/client-secrets.service.ts
  it('row 31: its secret is shown once; another can be added, and the old one deleted, without an outage', async () => {
    const client = await dana.register();
    const rp = new RelyingParty(server, client);
    expect((await dana.get(`/applications/${client.id}`)).body).not.toContain(client.secret);
    const { secret } = await clients.addSecret(client.id, 'next', EDITOR);
    const next = new RelyingParty(server, { ...client, secret });
    expect([(await rp.clientCredentials()).status, (await next.clientCredentials()).status]).toEqual([
      200, 200,
    ]);
    const [old] = (await clients.get(client.id)).secrets.filter(({ label }) => label !== 'next');
    await dana.post(`/applications/${client.id}/secrets/${old!.id}/delete`);
    expect((await rp.clientCredentials()).json.error).toBe('invalid_client');
    expect(tokensOf(await next.clientCredentials()).token_type).toBe('Bearer');
  });
});
