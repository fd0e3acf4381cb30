import {
  KeyHolder,
  WebHost,
  aUser,
  assertionClaims,
  assertionParameters,
  claimsOf,
  expectErrorPage,
  expectOAuthError,
  headerOf,
  startServer,
} from '../../support/index.js';
import { WEB, configure, register, registered, relyingPartyOf } from '../rfc7591/registration.js';

const GRANTS = ['authorization_code', 'implicit', 'refresh_token'];

/** The modules of the certification's Dynamic plan that are about registration, by their names. */
describe('OpenID Connect Dynamic Client Registration 1.0', async () => {
  const host = await WebHost.start();
  const server = await startServer({
    settings: {
      registration: { access: 'open', grantTypes: GRANTS },
      fetching: { allowedHosts: [host.name] },
      subject: { pairwiseSalt: 'a salt of more than thirty-two characters' },
    },
  });
  afterAll(async () => {
    await server.close();
    await host.close();
  });
  const user = await aUser().register(server);

  it('oidcc-discovery-endpoint-verification: every flow is advertised before the first client has it', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json).toMatchObject({
      registration_endpoint: `${server.issuer}/oauth/register`,
      response_types_supported: expect.arrayContaining([
        ...['code', 'id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token'],
      ]),
      grant_types_supported: expect.arrayContaining(GRANTS),
      response_modes_supported: expect.arrayContaining(['query', 'fragment', 'form_post']),
    });
    const types = json.response_types_supported as string[];
    expect(new Set(types).size).toBe(types.length);
  });

  it.each([
    [['code'], ['authorization_code']],
    [['id_token'], ['implicit']],
    [['id_token token'], ['implicit']],
    [['code id_token'], ['authorization_code', 'implicit']],
    [['code token'], ['authorization_code', 'implicit']],
    [['code id_token token'], ['authorization_code', 'implicit']],
  ])('§2 registers the response types %j with the grant types %j', async (response_types, grant_types) => {
    expect(await registered(server, { ...WEB, response_types, grant_types })).toMatchObject({
      response_types,
      grant_types,
    });
  });

  it('oidcc-server: the implicit flow works for a client that has registered for it', async () => {
    const metadata = { ...WEB, response_types: ['id_token'], grant_types: ['implicit'] };
    const rp = relyingPartyOf(server, await registered(server, metadata));
    const url = await rp.signInAndConsent(user, { response_type: 'id_token', nonce: 'n' });
    const { id_token } = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
    expect(claimsOf(id_token!)).toMatchObject({ nonce: 'n', aud: rp.client.id });
  });

  it('oidcc-idtoken-signature, oidcc-idtoken-rs256: RS256 unless told, and when told', async () => {
    for (const metadata of [WEB, { ...WEB, id_token_signed_response_alg: 'RS256' }]) {
      const { id_token } = await relyingPartyOf(server, await registered(server, metadata)).tokens({}, user);
      expect(headerOf(id_token)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    }
  });

  it('oidcc-redirect-uri-regfrag: a fragment is refused', async () => {
    expectOAuthError(
      await register(server, { redirect_uris: ['https://rp.test/cb#fragment'] }),
      400,
      'invalid_redirect_uri',
    );
  });

  it('oidcc-redirect-uri-query-OK, -query-mismatch, -query-added: a query is kept and compared', async () => {
    const redirect_uris = ['https://rp.test/cb?foo=bar'];
    const rp = relyingPartyOf(server, await registered(server, { redirect_uris }));
    const url = await rp.signInAndConsent(user);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ foo: 'bar', code: expect.any(String) });
    for (const redirect_uri of [
      'https://rp.test/cb?foo=baz',
      'https://rp.test/cb?foo=bar&x=y',
      'https://rp.test/cb',
    ])
      expectErrorPage(await rp.authorize({ redirect_uri }));
  });

  it('oidcc-ensure-redirect-uri-in-authorization-request: of two the request must name one', async () => {
    const redirect_uris = ['https://rp.test/cb', 'https://rp.test/other'];
    const rp = relyingPartyOf(server, await registered(server, { redirect_uris }));
    expectErrorPage(await rp.authorize({ redirect_uri: undefined }));
  });

  it('oidcc-registration-logo-uri, -policy-uri, -tos-uri: the sign-in page shows them', async () => {
    const information = await registered(server, {
      ...WEB,
      logo_uri: 'https://rp.test/logo.png',
      policy_uri: 'https://rp.test/policy',
      tos_uri: 'https://rp.test/tos',
    });
    const { body } = await relyingPartyOf(server, information).authorize();
    expect(body).toMatch(/<img id="client-logo" src="https:\/\/rp\.test\/logo\.png"/);
    expect(body).toMatch(/<a id="client-policy" href="https:\/\/rp\.test\/policy"/);
    expect(body).toMatch(/<a id="client-tos" href="https:\/\/rp\.test\/tos"/);
  });

  describe('keys', () => {
    const keys = new KeyHolder('RS256');

    it('oidcc-registration-jwks-uri: the keys are read when they are needed, not before', async () => {
      host.answer('/jwks', { body: keys.jwks });
      const information = await registered(server, {
        ...WEB,
        jwks_uri: host.url('/jwks'),
        token_endpoint_auth_method: 'private_key_jwt',
      });
      expect(information).not.toHaveProperty('client_secret');
      expect(information).toMatchObject({ jwks_uri: host.url('/jwks') });
      expect(host.requestsFor('/jwks')).toEqual([]);
      const rp = relyingPartyOf(server, { ...information, token_endpoint_auth_method: 'none' });
      const assertion = await keys.sign(assertionClaims(server, information.client_id));
      const answer = await rp.exchange(await rp.code({}, user), assertionParameters(assertion));
      expect(answer.status).toBe(200);
      expect(host.requestsFor('/jwks')).toHaveLength(1);
    });

    it('registers and returns keys by value', async () => {
      const { jwks } = keys;
      expect(await registered(server, { ...WEB, jwks })).toMatchObject({ jwks });
    });

    it('§2 reads none of the request_uris', async () => {
      const request_uris = [host.url('/request')];
      expect(await registered(server, { ...WEB, request_uris })).toMatchObject({ request_uris });
      expect(host.requestsFor('/request')).toEqual([]);
    });
  });

  describe('§5 sector_identifier_uri', () => {
    const sector = (path: string, body: unknown, status = 200) => {
      host.answer(path, { status, body });
      return { ...WEB, subject_type: 'pairwise', sector_identifier_uri: host.url(path) };
    };

    it('oidcc-registration-sector-uri: registers when each redirect URI is listed', async () => {
      const metadata = sector('/sector', [...WEB.redirect_uris, 'https://another.test/cb']);
      expect(await registered(server, metadata)).toMatchObject({
        subject_type: 'pairwise',
        sector_identifier_uri: host.url('/sector'),
      });
    });

    it.each([
      ['another redirect URI', ['https://another.test/cb']],
      ['nothing', []],
      ['no array', { redirect_uris: WEB.redirect_uris }],
      ['a text', '"https://rp.test/cb"'],
      ['no JSON', 'https://rp.test/cb'],
      ['other things', [null, 1, WEB.redirect_uris]],
      ['too much', [...WEB.redirect_uris, 'x'.repeat(200_000)]],
    ])('oidcc-registration-sector-bad: refuses a document with %s', async (what, body) => {
      const metadata = sector(`/${encodeURIComponent(what)}`, body);
      expectOAuthError(await register(server, metadata), 400, 'invalid_client_metadata');
    });

    it.each([404, 500, 302])('refuses an answer of %d', async (status) => {
      const answer = await register(server, sector(`/${status}`, WEB.redirect_uris, status));
      expectOAuthError(answer, 400, 'invalid_client_metadata');
    });

    it('is asked again at an update', async () => {
      const client = await registered(server, sector('/changing', WEB.redirect_uris));
      const metadata = sector('/changing', ['https://another.test/cb']);
      const body = { ...metadata, client_id: client.client_id };
      expectOAuthError(
        await configure(server, client, { method: 'PUT', body }),
        400,
        'invalid_client_metadata',
      );
    });

    it('is not fetched for metadata that is refused anyway', async () => {
      await register(server, { ...sector('/unread', WEB.redirect_uris), logo_uri: 'javascript:alert(1)' });
      expect(host.requestsFor('/unread')).toEqual([]);
    });

    it.each([
      ...['https://127.0.0.1/', 'https://10.0.0.1/', 'https://169.254.169.254/latest/meta-data'],
      ...['https://[::1]/', 'https://[::ffff:7f00:1]/', 'https://2130706433/', 'https://localhost/'],
    ])('D03 is not fetched from %s', async (uri) => {
      const before = host.connections;
      const answer = await register(server, { ...WEB, sector_identifier_uri: uri });
      expectOAuthError(answer, 400, 'invalid_client_metadata');
      expect(answer.json.error_description).toBe(
        'there is no JSON array of redirect URIs at sector_identifier_uri',
      );
      expect(host.connections).toBe(before);
    });

    it('§8.1 is needed where redirect URIs have several hosts', async () => {
      const redirect_uris = ['https://rp.test/cb', 'https://another.test/cb'];
      const answer = await register(server, { redirect_uris, subject_type: 'pairwise' });
      expectOAuthError(answer, 400, 'invalid_client_metadata');
    });
  });

  it('D03 registers addresses of private hosts without a connection to any', async () => {
    const before = host.connections;
    await registered(server, {
      ...WEB,
      ...{ jwks_uri: 'https://169.254.169.254/x', logo_uri: 'https://10.0.0.1/logo.png' },
      ...{ backchannel_logout_uri: host.url('/logout'), request_uris: ['https://127.0.0.1/x'] },
    });
    expect(host.connections).toBe(before);
  });

  it('registers what is said of signing out, and returns it', async () => {
    const metadata = {
      ...WEB,
      frontchannel_logout_uri: 'https://rp.test/front',
      frontchannel_logout_session_required: true,
      backchannel_logout_uri: 'https://rp.test/back',
      backchannel_logout_session_required: true,
      post_logout_redirect_uris: ['https://rp.test/bye'],
    };
    expect(await registered(server, metadata)).toMatchObject(metadata);
  });

  it('§3.2 returns everything else that is registered', async () => {
    const metadata = {
      ...WEB,
      contacts: ['ops@rp.test'],
      default_max_age: 3600,
      require_auth_time: true,
      default_acr_values: ['1'],
      userinfo_signed_response_alg: 'ES256',
      software_id: '4NRB1-0XZABZI9E6-5SM3R',
      software_version: '2.1',
      jwks: new KeyHolder('ES256').jwks,
      request_object_signing_alg: 'ES256',
    };
    expect(await registered(server, metadata)).toMatchObject(metadata);
  });
});

describe('OpenID Connect Core §4 third-party initiated login', async () => {
  const server = await startServer({ settings: { registration: { access: 'open' } } });
  afterAll(() => server.close());

  it('oidcc-3rd_party-init-login: initiate_login_uri is echoed, and read again', async () => {
    const initiate_login_uri = 'https://rp.test/initiate-login';
    const client = await registered(server, { ...WEB, initiate_login_uri });
    expect(client).toMatchObject({ initiate_login_uri });
    const answer = await configure(server, client);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      200,
      expect.stringMatching(/^application\/json/),
    ]);
    expect(answer.json).toMatchObject({ initiate_login_uri });
    expect((await configure(server, client, { method: 'DELETE' })).status).toBe(204);
  });

  it('oidcc-3rd_party-init-login-nohttps: http is refused, even on this machine', async () => {
    for (const initiate_login_uri of [
      'http://rp.test/login',
      'http://localhost/login',
      'http://127.0.0.1/login',
    ])
      expectOAuthError(
        await register(server, { ...WEB, initiate_login_uri }),
        400,
        'invalid_client_metadata',
      );
  });
});
