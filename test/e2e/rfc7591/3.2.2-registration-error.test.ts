import { expectOAuthError, startServer } from '../../support/index.js';
import { WEB, register, registered, sendJson } from './registration.js';

describe('RFC 7591 §3.2.2 what cannot be registered', async () => {
  const server = await startServer({ settings: { registration: { access: 'open' } } });
  afterAll(() => server.close());

  const count = async () =>
    (await server.sql<{ n: number }>('SELECT count(*)::int AS n FROM gh_client'))[0]!.n;

  async function expectRefused(metadata: unknown, error: string, status = 400): Promise<void> {
    const before = await count();
    const answer = await register(server, metadata);
    expectOAuthError(answer, status, error);
    expect(await count()).toBe(before);
  }

  it.each(['https://rp1.test/cb#x', 'https://rp1.test/cb#', 'https://rp1.test/cb?a=b#c=d'])(
    'R09 is a redirect URI with a fragment: %s',
    (uri) => expectRefused({ redirect_uris: ['https://rp1.test/cb', uri] }, 'invalid_redirect_uri'),
  );

  it.each([
    ...['javascript:alert(1)//', 'JaVaScRiPt:alert(1)', 'data:text/html,<script>alert(1)</script>'],
    ...['vbscript:msgbox(1)', 'file:///etc/passwd', 'https://*.rp1.test/cb', 'blob:https://rp1.test/x'],
    ...['about:blank', ' javascript:alert(1)', 'java\nscript:alert(1)', 'ftp://rp1.test/cb', '/cb', ''],
  ])('R17 is the redirect URI %j', async (uri) => {
    await expectRefused({ redirect_uris: [uri] }, 'invalid_redirect_uri');
    await expectRefused({ redirect_uris: [uri], application_type: 'native' }, 'invalid_redirect_uri');
  });

  it.each([
    ...['https://rp1.test@evil.test/cb', 'https://a:b@rp1.test/cb', 'https://@rp1.test/cb'],
    ...['https://rp1.test\\@evil.test/cb', 'https://rр1.test/cb', 'http://rp1.test/cb'],
  ])('R03 R04 R05 is the redirect URI %s', (uri) =>
    expectRefused({ redirect_uris: [uri] }, 'invalid_redirect_uri'),
  );

  it('is a private scheme that is no reversed domain name, or of a web application', async () => {
    await expectRefused({ redirect_uris: ['myapp:/cb'], application_type: 'native' }, 'invalid_redirect_uri');
    await expectRefused({ redirect_uris: ['com.example.app:/cb'] }, 'invalid_redirect_uri');
    await registered(server, { redirect_uris: ['com.example.app:/cb'], application_type: 'native' });
  });

  it('is a code flow without a redirect URI', async () => {
    await expectRefused({}, 'invalid_redirect_uri');
    await expectRefused({ redirect_uris: [] }, 'invalid_redirect_uri');
  });

  const ADDRESSES = [
    ...['logo_uri', 'client_uri', 'policy_uri', 'tos_uri', 'initiate_login_uri', 'backchannel_logout_uri'],
    ...['frontchannel_logout_uri', 'jwks_uri', 'sector_identifier_uri'],
  ];

  it.each(ADDRESSES)('D02 is a script as %s', async (name) => {
    for (const uri of [
      ...['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', 'vbscript:x', 'http://rp.test/x'],
      ...['https://rp.test/"onerror=', '//rp.test/x', 'https:///x', ''],
    ])
      await expectRefused({ ...WEB, [name]: uri }, 'invalid_client_metadata');
  });

  it.each(['post_logout_redirect_uris', 'request_uris'])('D02 is a script among %s', async (name) => {
    for (const uri of ['javascript:alert(1)', 'data:text/html,x', 'http://rp.test/x'])
      await expectRefused({ ...WEB, [name]: ['https://rp.test/x', uri] }, 'invalid_client_metadata');
  });

  it('D02 is a script as software statement', () =>
    expectRefused({ ...WEB, software_statement: 'javascript:alert(1)' }, 'invalid_software_statement'));

  const RSA = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };

  it.each([
    { jwks: { keys: [RSA] }, jwks_uri: 'https://rp.test/jwks' },
    { jwks: { keys: [{ ...RSA, d: 'AQAB' }] } },
    { jwks: { keys: [{ kty: 'oct', k: 'AQAB' }] } },
    { jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AQ', y: 'AQ', d: 'AQ' }] } },
    { jwks: { keys: [] } },
    { jwks: { keys: {} } },
    { jwks: [] },
    { jwks: 'https://rp.test/jwks' },
    { jwks: { keys: Array.from({ length: 21 }, () => RSA) } },
    { jwks: { keys: [null] } },
    { token_endpoint_auth_method: 'private_key_jwt' },
    { token_endpoint_auth_method: 'tls_client_auth' },
    { token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'HS256' },
    { id_token_signed_response_alg: 'none' },
    { id_token_signed_response_alg: 'RS1' },
    { id_token_encrypted_response_alg: 'RSA-OAEP' },
    { id_token_encrypted_response_enc: 'A128GCM' },
    { userinfo_encrypted_response_alg: 'dir' },
    { subject_type: 'pairwise' },
    { subject_type: 'secret' },
    { application_type: 'toaster' },
    { default_max_age: -1 },
    { default_max_age: '60' },
    { require_auth_time: 'yes' },
    { access_token_format: 'saml' },
  ])('is %j', (metadata) => expectRefused({ ...WEB, ...metadata }, 'invalid_client_metadata'));

  it.each([
    ...['null', '[]', '1', '"x"', 'true', '', '{', '{"redirect_uris":', 'redirect_uris=x', '{"a":1}}'],
    ...['{"redirect_uris":["https://rp.test/cb"],"redirect_uris":["https://evil.test/cb"]}'],
    ...['{"redirect_uris":["https://rp.test/cb"],"redirect\\u005furis":["https://evil.test/cb"]}'],
    ...['{"redirect_uris":["https://rp.test/cb"],"__proto__":{"skip_consent":true}}'],
    ...['{"redirect_uris":["https://rp.test/cb"],"client_name":"\\u0000"}'],
    ...['{"redirect_uris":["https://rp.test/cb"],"client_name":"\\ud800"}'],
    `{"redirect_uris":["https://rp.test/cb"],"x":${'['.repeat(100)}${']'.repeat(100)}}`,
  ])('D08 is the body %.80s', (body) => expectRefused(body, 'invalid_client_metadata'));

  it.each([
    { redirect_uris: null },
    { redirect_uris: 'https://rp.test/cb' },
    { redirect_uris: [null] },
    { redirect_uris: [1] },
    { redirect_uris: [['https://rp.test/cb']] },
    { redirect_uris: {} },
    { redirect_uris: ['https://rp.test/cb', 'https://rp.test/cb'] },
    { redirect_uris: Array.from({ length: 51 }, (_, number) => `https://rp.test/${number}`) },
    { redirect_uris: [`https://rp.test/${'x'.repeat(2000)}`] },
    { ...WEB, client_name: 1 },
    { ...WEB, client_name: 'x'.repeat(201) },
    { ...WEB, client_name: '' },
    { ...WEB, scope: ['openid'] },
    { ...WEB, scope: 'x'.repeat(5000) },
    { ...WEB, grant_types: 'authorization_code' },
    { ...WEB, grant_types: [null] },
    { ...WEB, response_types: {} },
    { ...WEB, contacts: ['x'.repeat(400)] },
    { ...WEB, software_statement: {} },
  ])('D08 is %.120j', async (metadata) => {
    const before = await count();
    const answer = await register(server, metadata);
    expect([answer.status, answer.json.error]).toEqual([
      400,
      expect.stringMatching(/^invalid_(client_metadata|redirect_uri|software_statement)$/),
    ]);
    expect(await count()).toBe(before);
  });

  it('D08 is more than 64 kB, however it is put', async () => {
    const many = Array.from({ length: 10_000 }, (_, number) => `https://rp.test/${number}`);
    await expectRefused({ redirect_uris: many }, 'invalid_request', 413);
    await expectRefused({ ...WEB, client_name: 'x'.repeat(1_000_000) }, 'invalid_request', 413);
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/jwt', 'text/json', undefined])(
    'is a body of type %s',
    async (type) => {
      const before = await count();
      const answer = await server.send('/oauth/register', {
        method: 'POST',
        body: Buffer.from(JSON.stringify(WEB)),
        headers: { 'content-type': type },
      });
      expectOAuthError(answer, 415, 'invalid_request');
      expect(await count()).toBe(before);
    },
  );

  it('is a body that is not UTF-8, or packed', async () => {
    const body = Buffer.from(JSON.stringify({ ...WEB, client_name: 'Müller' }), 'latin1');
    const headers = { 'content-type': 'application/json' };
    const send = (extra: object) =>
      server.send('/oauth/register', { method: 'POST', body, headers: { ...headers, ...extra } });
    expectOAuthError(await send({}), 400, 'invalid_client_metadata');
    expectOAuthError(await send({ 'content-encoding': 'gzip' }), 415, 'invalid_request');
  });

  it('says which member is wrong, and why', async () => {
    const answer = await register(server, { ...WEB, logo_uri: 'javascript:alert(1)' });
    expect(answer.json.error_description).toBe(
      'logo_uri must be an absolute https URL (http on loopback only)',
    );
  });

  it('D02 R17 is refused at an update just so', async () => {
    const { client_id, registration_access_token: token } = await registered(server);
    for (const change of [
      { redirect_uris: ['javascript:alert(1)'] },
      { redirect_uris: ['https://rp1.test/cb#x'] },
      { logo_uri: 'javascript:alert(1)' },
      { post_logout_redirect_uris: ['data:text/html,x'] },
    ]) {
      const body = { ...WEB, client_id, ...change };
      const answer = await sendJson(server, 'PUT', `/oauth/register/${client_id}`, body, token);
      expect([answer.status, answer.json.error]).toEqual([400, expect.stringMatching(/^invalid_/)]);
    }
    const stored = await server.sql<{ redirect_uris: string[]; logo_uri: null }>(
      'SELECT redirect_uris, logo_uri FROM gh_client WHERE client_id = $1',
      [client_id],
    );
    expect(stored).toEqual([{ redirect_uris: WEB.redirect_uris, logo_uri: null }]);
  });
});
