import { ClientsService } from '../../../src/clients/index.js';
import { aScope, aUser, expectOAuthError, startServer } from '../../support/index.js';
import { WEB, register, registered, relyingPartyOf } from './registration.js';

describe('RFC 7591 §3.1, §3.2.1 registration, open to everybody', async () => {
  const server = await startServer({ settings: { registration: { access: 'open' } } });
  afterAll(() => server.close());

  it('answers 201 with everything that is registered, defaults included, and is not kept', async () => {
    const answer = await register(server, WEB);
    expect(answer.status).toBe(201);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json).toMatchObject({
      ...WEB,
      client_id: expect.stringMatching(/^[\w-]{22}$/),
      client_secret: expect.stringMatching(/^[\w-]{43}$/),
      client_secret_expires_at: 0,
      client_id_issued_at: expect.any(Number),
      registration_access_token: expect.stringMatching(/^[\w-]{43}$/),
      registration_client_uri: `${server.issuer}/oauth/register/${answer.json.client_id}`,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      application_type: 'web',
      id_token_signed_response_alg: 'RS256',
      scope: expect.stringMatching(/^openid /),
    });
    expect(Math.abs(answer.json.client_id_issued_at - Date.now() / 1000)).toBeLessThan(60);
  });

  it('registers a client that signs people in at once', async () => {
    const information = await registered(server);
    const tokens = await relyingPartyOf(server, information).tokens({}, await aUser().register(server));
    expect(tokens.id_token).toBeDefined();
  });

  it('§2 gives a client without a secret none, and says nothing about its expiry', async () => {
    const information = await registered(server, { ...WEB, token_endpoint_auth_method: 'none' });
    expect(information).not.toHaveProperty('client_secret');
    expect(information).not.toHaveProperty('client_secret_expires_at');
    const tokens = await relyingPartyOf(server, information).tokens({}, await aUser().register(server));
    expect(tokens.access_token).toBeDefined();
  });

  it('§2 ignores what it does not understand, nulls and languages that it does not keep', async () => {
    const information = await registered(server, {
      ...WEB,
      'client_name#fr': 'Feuilles de temps',
      unheard_of: { deep: [1, null] },
      logo_uri: null,
      client_uri: 'https://rp.test/',
    });
    expect(information).toMatchObject({ client_name: 'Timesheets', client_uri: 'https://rp.test/' });
    for (const name of ['client_name#fr', 'unheard_of', 'logo_uri'])
      expect(information).not.toHaveProperty(name);
  });

  it('D06 gives nobody more than the policy, whatever he asks for', async () => {
    await aScope(server, { name: 'admin', restricted: true });
    const information = await registered(server, {
      ...WEB,
      scope: 'openid admin management read',
      grant_types: ['authorization_code', 'client_credentials', 'password'],
      ...{ trusted: true, first_party: true, skip_consent: true, may_introspect: true, owner: 'alice' },
      ...{ owner_id: 'alice', audience: 'https://api1.test', resources: ['https://api1.test'] },
      ...{ client_id: 'chosen', client_secret: 'chosen-secret', managed_by: 'file', readable_secret: true },
      ...{ access_token_ttl: 31_536_000, require_pkce: false, metadata: { a: 1 }, disabled: false },
      ...{ registration_access_token: 'chosen', registered_with: 'file', used: true },
    });
    expect(information).toMatchObject({ scope: 'openid read', grant_types: ['authorization_code'] });
    expect(information.client_id).not.toBe('chosen');
    expect(information.client_secret).not.toBe('chosen-secret');
    const client = await server.get(ClientsService).get(information.client_id);
    expect(client).toMatchObject({
      ...{ owner: null, managedBy: null, skipConsent: false, mayIntrospect: false, resources: [] },
      ...{ readableSecret: false, accessTokenTtl: null, requirePkce: null, metadata: {} },
      ...{ registeredWith: 'open registration', used: false },
    });
  });

  it.each([
    [{ grant_types: ['client_credentials'] }, 'grant_types'],
    [{ grant_types: ['implicit'], response_types: ['token'] }, 'response_types'],
    [{ scope: 'management' }, 'scope'],
    [{ scope: 'nothing-like-this' }, 'scope'],
    [{ scope: 'openid "x"' }, 'scope'],
  ])('D06 refuses %j, of which nothing is offered', async (metadata, field) => {
    const answer = await register(server, { ...WEB, ...metadata });
    expectOAuthError(answer, 400, 'invalid_client_metadata');
    expect(answer.json.error_description).toContain(field);
  });

  it('the people who sign in are always asked', async () => {
    const rp = relyingPartyOf(server, await registered(server, { ...WEB, skip_consent: true }));
    await rp.signIn(await aUser().register(server));
    expect((await rp.authorize()).body).toContain('consent-allow');
  });

  it('tells the name, not the secret: only a digest is stored', async () => {
    const { client_id, client_secret, registration_access_token } = await registered(server);
    const rows = await server.sql<object>(
      `SELECT c.*, s.digest AS secret_digest, s.encrypted FROM gh_client c JOIN gh_client_secret s USING (client_id)
       WHERE client_id = $1`,
      [client_id],
    );
    const stored = JSON.stringify(rows);
    expect(stored).not.toContain(client_secret);
    expect(stored).not.toContain(registration_access_token);
    expect(rows[0]).toMatchObject({ encrypted: null });
  });

  it.each([
    { token_endpoint_auth_method: 'client_secret_jwt' },
    { id_token_signed_response_alg: 'HS256' },
    { userinfo_signed_response_alg: 'HS256' },
  ])('keeps a secret readable where %j is keyed by it', async (metadata) => {
    const { client_id, client_secret } = await registered(server, { ...WEB, ...metadata });
    expect(client_secret).toMatch(/^[\w-]{43}$/);
    expect(await server.get(ClientsService).get(client_id)).toMatchObject({ readableSecret: true });
  });

  it('advertises the endpoint', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json.registration_endpoint).toBe(`${server.issuer}/oauth/register`);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('is for POST, not %s', async (method) => {
    const answer = await server.send('/oauth/register', { method });
    expectOAuthError(answer, 405, 'invalid_request');
    expect(answer.headers.allow).toBe('POST');
  });

  it('is no page’s to call: no origin is let in', async () => {
    await registered(server, { ...WEB, allowed_origins: ['https://rp.test'] });
    const answer = await server.send('/oauth/register', {
      method: 'OPTIONS',
      headers: { origin: 'https://rp.test' },
    });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('RFC 7591 registration that is off', async () => {
  const server = await startServer();
  afterAll(() => server.close());

  it('D01 is not there and is not advertised', async () => {
    expect((await register(server, WEB)).status).toBe(404);
    expect((await server.send('/oauth/register/anything')).status).toBe(404);
    for (const path of ['openid-configuration', 'oauth-authorization-server'])
      expect((await server.send(`/.well-known/${path}`)).json).not.toHaveProperty('registration_endpoint');
  });
});
