import { aClient, aRelyingParty, aUser, headerOf, sharedServer } from '../../support/index.js';

describe('RFC 8414 and OpenID Connect Discovery', async () => {
  const server = await sharedServer();
  const { json: metadata } = await server.send('/.well-known/openid-configuration');

  it('says the same in both places, and may be kept', async () => {
    const answer = await server.send('/.well-known/oauth-authorization-server');
    expect(answer.json).toEqual(metadata);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['cache-control']).toMatch(/public, max-age=\d+/);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('names the issuer byte for byte, and every endpoint below it', () => {
    expect(metadata.issuer).toBe(server.issuer);
    for (const [name, value] of Object.entries(metadata)) {
      if (/_(endpoint|uri)$/.test(name)) expect(value).toMatch(new RegExp(`^${server.issuer}/[\\w/-]+$`));
    }
  });

  it('says what OpenID Connect Discovery §3 requires', () => {
    expect(metadata).toMatchObject({
      authorization_endpoint: `${server.issuer}/oauth/authorize`,
      token_endpoint: `${server.issuer}/oauth/token`,
      userinfo_endpoint: `${server.issuer}/oauth/userinfo`,
      jwks_uri: `${server.issuer}/oauth/jwks`,
      introspection_endpoint: `${server.issuer}/oauth/introspect`,
      revocation_endpoint: `${server.issuer}/oauth/revoke`,
      response_types_supported: expect.arrayContaining(['code']),
      response_modes_supported: expect.arrayContaining(['query', 'form_post']),
      subject_types_supported: ['public'],
      code_challenge_methods_supported: expect.arrayContaining(['S256']),
      authorization_response_iss_parameter_supported: true,
      request_parameter_supported: true,
      request_uri_parameter_supported: true,
      claims_parameter_supported: true,
      acr_values_supported: ['1'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      display_values_supported: ['page', 'popup', 'touch', 'wap'],
      ui_locales_supported: ['en'],
    });
    expect(metadata.id_token_signing_alg_values_supported).toContain('RS256');
    expect(metadata.scopes_supported).toEqual(expect.arrayContaining(['openid', 'profile', 'email', 'read']));
    expect(metadata.scopes_supported).not.toContain('management');
    expect(metadata.claims_supported).toEqual(
      expect.arrayContaining(['sub', 'name', 'email', 'email_verified']),
    );
  });

  it('advertises only endpoints that are there', async () => {
    for (const [name, url] of Object.entries<string>(metadata)) {
      if (!/_(endpoint|uri)$/.test(name)) continue;
      expect((await server.send(new URL(url).pathname)).status, name).not.toBe(404);
    }
  });

  it('advertises only grants that the token endpoint knows', async () => {
    const rp = await aRelyingParty(server, aClient().grants('authorization_code'));
    // Those exist for clients that are registered for them only; others may have put some here.
    const discouraged = ['implicit', 'password'];
    const types = (metadata.grant_types_supported as string[]).filter((type) => !discouraged.includes(type));
    for (const grant_type of types) {
      expect((await rp.token({ grant_type })).json.error).not.toBe('unsupported_grant_type');
    }
    expect(metadata.grant_types_supported).toEqual(
      expect.arrayContaining(['authorization_code', 'refresh_token', 'client_credentials']),
    );
  });

  it('advertises only authentication methods that work', async () => {
    const user = await aUser().register(server);
    expect(metadata.token_endpoint_auth_methods_supported).toEqual(
      expect.arrayContaining(['client_secret_basic', 'client_secret_post', 'none']),
    );
    for (const method of ['client_secret_basic', 'client_secret_post', 'none']) {
      const rp = await aRelyingParty(server, aClient().with({ token_endpoint_auth_method: method }));
      expect((await rp.tokens({}, user)).token_type).toBe('Bearer');
    }
    expect(metadata.introspection_endpoint_auth_methods_supported).not.toContain('none');
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'signs ID tokens with %s where a client asks for it',
    async (alg) => {
      const user = await aUser().register(server);
      const rp = await aRelyingParty(server, aClient().with({ id_token_signed_response_alg: alg }));
      expect(metadata.id_token_signing_alg_values_supported).toContain(alg);
      expect(headerOf((await rp.tokens({}, user)).id_token)).toMatchObject({ alg, typ: 'JWT' });
    },
  );

  it('answers nothing at a suffix that it does not have', async () => {
    for (const path of ['/.well-known/openid-configuration/x', '/.well-known/openid-configuration.css']) {
      expect((await server.send(path)).status).toBe(404);
    }
  });
});

describe('RFC 7517 §5 the published keys', async () => {
  const server = await sharedServer();

  it('K01 holds public members only, under distinct ids', async () => {
    const answer = await server.send('/oauth/jwks');
    const keys = answer.json.keys as Record<string, string>[];
    expect(new Set(keys.map((key) => key.kid)).size).toBe(keys.length);
    for (const key of keys) {
      expect(key).toMatchObject({ use: expect.stringMatching(/^(sig|enc)$/), kid: expect.any(String) });
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'])
        expect(key).not.toHaveProperty(secret);
      if (key.kty === 'RSA') expect(Buffer.from(key.n!, 'base64url').length).toBeGreaterThanOrEqual(256);
      if (key.kty === 'EC') expect(key.crv).toBe('P-256');
    }
    expect(answer.headers['cache-control']).toMatch(/public, max-age=\d+/);
  });
});
