import { ClientsService, toMetadata } from '../../../src/clients/index.js';
import {
  Browser,
  KeyHolder,
  RelyingParty,
  aScope,
  formOf,
  sharedServer,
  shows,
  startServer,
} from '../../support/index.js';
import { Developer, WEB, formEncoded } from './portal.js';

describe('developer portal', async () => {
  const server = await sharedServer();
  const clients = server.get(ClientsService);
  const restricted = await aScope(server, { restricted: true });
  const dana = await Developer.signIn(server);
  const bob = await Developer.signIn(server);

  it('asks whoever is not signed in to sign in first, and leads back', async () => {
    const answer = await new Browser(server).get('/applications/new');
    expect(answer.location!.pathname + answer.location!.search).toBe(
      '/login?return_to=%2Fapplications%2Fnew',
    );
  });

  it('registers an application of its owner, and shows the secret on that answer only', async () => {
    const answer = await dana.post('/applications', WEB);
    expect(answer.status).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { id, secret } = await dana.register();
    const page = await dana.get(`/applications/${id}`);
    expect(page.status).toBe(200);
    expect(page.body).not.toContain(secret);
    expect(await clients.get(id)).toMatchObject({
      owner: dana.user.subject,
      managedBy: null,
      registeredScope: 'openid profile read',
    });
  });

  it('makes a secret that works at the token endpoint at once', async () => {
    const rp = new RelyingParty(server, await dana.register());
    expect((await rp.clientCredentials()).json).toMatchObject({ scope: 'read' });
    expect((await rp.tokens({}, dana.user)).access_token).toBeDefined();
  });

  it('registers a public application without a secret', async () => {
    const grants = ['authorization_code'];
    const answer = await dana.post('/applications', { ...WEB, confidential: 'false', grant_types: grants });
    expect(answer.status).toBe(303);
    const id = answer.location!.pathname.split('/').at(-1)!;
    expect(await clients.get(id)).toMatchObject({ authenticationMethod: 'none', secrets: [] });
    expect((await dana.post(`/applications/${id}/secrets`)).status).toBe(409);
  });

  it('offers the loaded grant types and every scope but restricted ones', async () => {
    const { body } = await dana.get('/applications/new');
    expect(body).toContain('value="client_credentials"');
    expect(body).toContain('value="read"');
    expect(body).not.toContain(`value="${restricted.name}"`);
    expect(body).not.toContain('value="management"');
  });

  describe('M02 mass assignment', () => {
    const EXTRA = {
      owner: 'somebody',
      client_id: 'chosen-by-me',
      client_secret: 'chosen-by-me',
      skip_consent: 'true',
      may_introspect: 'true',
      resources: 'https://api1.test',
      require_pkce: 'false',
      disabled: 'true',
      managed_by: 'file',
      token_endpoint_auth_method: 'none',
    };
    const KEPT = {
      skipConsent: false,
      mayIntrospect: false,
      resources: [],
      requirePkce: null,
      disabled: false,
      managedBy: null,
      authenticationMethod: 'client_secret_basic',
    };

    it('takes nothing but the fields of the form, when registering and when editing', async () => {
      const { id } = await dana.register(EXTRA);
      expect(id).not.toBe('chosen-by-me');
      expect(await clients.get(id)).toMatchObject({ ...KEPT, owner: dana.user.subject });
      expect((await dana.post(`/applications/${id}`, { ...WEB, ...EXTRA })).status).toBe(303);
      expect(await clients.get(id)).toMatchObject({ ...KEPT, owner: dana.user.subject });
    });

    it.each([
      ['a restricted scope', { scope: ['openid', restricted.name] }, 'scope'],
      ['management', { scope: 'management' }, 'scope'],
      ['an unknown scope', { scope: 'no-such-scope' }, 'scope'],
      ['a grant type that is not offered', { grant_types: 'password' }, 'grant_types'],
    ])('refuses %s beside its field', async (_, fields, field) => {
      const { id } = await dana.register();
      for (const path of ['/applications', `/applications/${id}`]) {
        const answer = await dana.post(path, { ...WEB, ...fields });
        expect(answer.status).toBe(400);
        expect(answer.body).toContain(`<a href="#${field}">`);
      }
      expect((await clients.get(id)).registeredScope).toBe('openid profile read');
    });
  });

  describe('M03 somebody else’s application', () => {
    it('is answered like one that does not exist, on every route', async () => {
      const { id } = await dana.register();
      const [secret] = (await clients.get(id)).secrets;
      const operators = 'an-operators-client';
      await clients.register({ client_id: operators, ...OPERATORS }, { by: 'test', source: 'operator' });
      const answers = await Promise.all(
        [id, operators, 'no-such-application', '%00', '%F0%9F%98%80'].flatMap((one) => [
          bob.get(`/applications/${one}`),
          bob.get(`/applications/${one}/edit`),
          bob.get(`/applications/${one}/delete`),
          bob.post(`/applications/${one}`, WEB),
          bob.post(`/applications/${one}/secrets`, { label: 'mine' }),
          bob.post(`/applications/${one}/secrets/${secret!.id}/delete`),
          bob.post(`/applications/${one}/delete`),
        ]),
      );
      const seen = answers.map(({ status, body }) => `${status} ${body.replace(REFERENCE, '')}`);
      expect(new Set(seen).size).toBe(1);
      expect(answers[0]!.status).toBe(404);
      expect(await clients.get(id)).toMatchObject({ owner: dana.user.subject, name: 'Timesheets' });
      expect((await clients.get(id)).secrets.map((one) => one.id)).toEqual([secret!.id]);
    });

    it('is not listed', async () => {
      const { id } = await dana.register();
      expect((await dana.get('/applications')).body).toContain(id);
      expect((await bob.get('/applications')).body).not.toContain(id);
    });

    it('keeps its secrets, whichever application they are named with', async () => {
      const victim = await dana.register();
      const own = await bob.register();
      const [secret] = (await clients.get(victim.id)).secrets;
      const answer = await bob.post(`/applications/${own.id}/secrets/${secret!.id}/delete`);
      expect(answer.status).toBe(404);
      expect((await clients.get(victim.id)).secrets).toHaveLength(1);
    });
  });

  describe('cross-site requests', () => {
    it.each([
      ['no token', undefined, 'same-origin'],
      ['a wrong token', 'x'.repeat(43), 'same-origin'],
      ['a good token from another site', 'good', 'cross-site'],
    ])('refuses a form with %s', async (_, csrf, site) => {
      const { id } = await dana.register();
      const { hidden } = formOf(await dana.get('/account'));
      const token = csrf === 'good' ? hidden['csrf']! : csrf;
      const body = formEncoded({ ...WEB, ...(token !== undefined && { csrf: token }) });
      const paths = ['', `/${id}`, `/${id}/secrets`, `/${id}/delete`].map((path) => `/applications${path}`);
      for (const path of paths) {
        const answer = await dana.browser.post(path, body, { 'sec-fetch-site': site });
        expect(answer.status).toBe(403);
      }
      expect(await clients.get(id)).toMatchObject({ version: 1 });
    });

    it('refuses the token of another person', async () => {
      const { hidden } = formOf(await bob.get('/account'));
      const answer = await dana.browser.post('/applications', formEncoded({ ...WEB, ...hidden }));
      expect(answer.status).toBe(403);
    });
  });

  describe('editing', () => {
    it('keeps the secrets, and what the form does not show', async () => {
      const { id, secret } = await dana.register();
      const given = { owner: dana.user.subject, scope: `openid ${restricted.name}` };
      await clients.update(id, { ...OPERATORS, ...given }, OPERATOR);
      expect((await dana.post(`/applications/${id}`, { ...WEB, client_name: 'Renamed' })).status).toBe(303);
      expect(await clients.get(id)).toMatchObject({
        name: 'Renamed',
        authenticationMethod: 'client_secret_post',
        idTokenAlgorithm: 'ES256',
        skipConsent: true,
        registeredScope: `openid profile read ${restricted.name}`,
      });
      const client = { id, secret, authenticationMethod: 'client_secret_post', redirectUri: '' };
      expect((await new RelyingParty(server, client).clientCredentials({ scope: 'read' })).status).toBe(200);
    });

    /** What a developer cannot say in the form, but an operator or the software itself has said. */
    const UNSEEN = {
      jwks: new KeyHolder('ES256').jwks,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      id_token_signed_response_alg: 'PS256',
      id_token_encrypted_response_alg: 'ECDH-ES',
      id_token_encrypted_response_enc: 'A256GCM',
      userinfo_signed_response_alg: 'EdDSA',
      request_object_signing_alg: 'ES256',
      require_signed_request_object: true,
      request_uris: ['https://rp.test/request'],
      default_max_age: 300,
      require_auth_time: true,
      default_acr_values: ['1'],
      frontchannel_logout_session_required: true,
      backchannel_logout_session_required: true,
      contacts: ['ops@rp.test'],
      software_id: 'timesheets',
      software_version: '2',
    };
    const ADVANCED = {
      initiate_login_uri: 'https://rp.test/login',
      frontchannel_logout_uri: 'https://rp.test/front',
      backchannel_logout_uri: 'https://rp.test/back',
    };
    const given = async (metadata: object) => {
      const { id } = await dana.register();
      const before = toMetadata(await clients.get(id));
      await clients.update(id, { ...before, ...metadata, owner: dana.user.subject }, OPERATOR);
      return id;
    };
    const described = async (id: string) => toMetadata(await clients.get(id));

    it('keeps everything that the form does not show', async () => {
      const id = await given({ ...UNSEEN, ...ADVANCED });
      const before = await described(id);
      const fields = { ...WEB, advanced: 'true', uses_key: 'true', ...ADVANCED, client_name: 'Renamed' };
      expect((await dana.post(`/applications/${id}`, fields)).status).toBe(303);
      expect(await described(id)).toEqual({ ...before, client_name: 'Renamed' });
    });

    it('keeps even more when an own form of the operator shows less', async () => {
      const id = await given({ ...UNSEEN, ...ADVANCED });
      const before = await described(id);
      expect((await dana.post(`/applications/${id}`, { ...WEB, client_name: 'Renamed' })).status).toBe(303);
      expect(await described(id)).toEqual({ ...before, client_name: 'Renamed' });
    });

    it('saves and shows what is folded away, and takes away what was emptied', async () => {
      const { id } = await dana.register({ advanced: 'true', ...ADVANCED, jwks_uri: 'https://rp.test/jwks' });
      expect(await described(id)).toMatchObject({ ...ADVANCED, jwks_uri: 'https://rp.test/jwks' });
      const form = await dana.get(`/applications/${id}/edit`);
      expect(form.body).toContain('<details class="panel fold" id="advanced" open>');
      for (const value of Object.values(ADVANCED)) expect(form.body).toContain(`value="${value}"`);
      const fields = { ...WEB, advanced: 'true', ...ADVANCED, initiate_login_uri: '', jwks_uri: '' };
      expect((await dana.post(`/applications/${id}`, fields)).status).toBe(303);
      const after = await described(id);
      expect(after).toMatchObject({ backchannel_logout_uri: ADVANCED.backchannel_logout_uri });
      expect(after).not.toHaveProperty('initiate_login_uri');
      expect(after).not.toHaveProperty('jwks_uri');
    });

    it('lets an application change from a secret to a key, and back', async () => {
      const { id } = await dana.register();
      const keyed = { ...WEB, advanced: 'true', uses_key: 'true', jwks_uri: 'https://rp.test/jwks' };
      expect((await dana.post(`/applications/${id}`, keyed)).status).toBe(303);
      expect(await described(id)).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt' });
      expect((await dana.post(`/applications/${id}`, { ...WEB, advanced: 'true' })).status).toBe(303);
      expect(await described(id)).toMatchObject({ token_endpoint_auth_method: 'client_secret_basic' });
    });

    it('takes an address of keys in place of keys by value', async () => {
      const id = await given(UNSEEN);
      const fields = { ...WEB, advanced: 'true', uses_key: 'true', jwks_uri: 'https://rp.test/jwks' };
      expect((await dana.post(`/applications/${id}`, fields)).status).toBe(303);
      expect(await clients.get(id)).toMatchObject({ jwks: null, jwksUri: 'https://rp.test/jwks' });
    });

    it.each([
      ['jwks_uri', { uses_key: 'true' }],
      ['jwks_uri', { jwks_uri: 'javascript:alert(1)' }],
      ['initiate_login_uri', { initiate_login_uri: 'http://localhost/login' }],
      ['frontchannel_logout_uri', { frontchannel_logout_uri: 'https://elsewhere.test/out' }],
      ['backchannel_logout_uri', { backchannel_logout_uri: 'data:text/html,x' }],
    ])('points at %s, unfolded, when it cannot be %j', async (field, fields) => {
      const answer = await dana.post('/applications', { ...WEB, advanced: 'true', ...fields });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain(`<a href="#${field}">`);
      expect(answer.body).toContain('<details class="panel fold" id="advanced" open>');
    });

    it('gives back what was typed, as it was typed', async () => {
      const typed = { client_name: '<b>"Q&A"</b>', redirect_uris: 'http://evil.test/x\nhttps://b.test/#f' };
      const answer = await dana.post('/applications', { ...WEB, ...typed, scope: 'read' });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('value="&lt;b&gt;&quot;Q&amp;A&quot;&lt;/b&gt;"');
      expect(answer.body).toContain('>\nhttp://evil.test/x\nhttps://b.test/#f</textarea>');
      expect(answer.body).toContain('http://evil.test/x must use https');
      expect(answer.body).toContain('https://b.test/#f must not have a fragment');
      expect(answer.body).toMatch(/value="read" checked/);
      expect(answer.body).not.toMatch(/value="openid" checked/);
    });

    it.each([
      ['client_name', { client_name: ' ' }],
      ['redirect_uris', { redirect_uris: '' }],
      ['redirect_uris', { redirect_uris: 'https://*.rp.test/cb' }],
      ['redirect_uris', { redirect_uris: 'JaVaScRiPt:alert(1)//' }],
      ['post_logout_redirect_uris', { post_logout_redirect_uris: 'data:text/html,x' }],
      ['allowed_origins', { allowed_origins: 'https://rp.test/path' }],
      ['logo_uri', { logo_uri: 'javascript:alert(1)' }],
      ['grant_types', { grant_types: [] }],
      ['grant_types', { confidential: 'false' }],
      ['application_type', { application_type: 'toaster' }],
      ['access_token_format', { access_token_format: 'clay' }],
    ])('says beside %s what is wrong with it: %o', async (field, fields) => {
      const answer = await dana.post('/applications', { ...WEB, ...fields });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain(`<a href="#${field}">`);
      expect(answer.body).toContain(` id="${field}"`);
    });
  });

  it('adds a secret beside the first, and deletes one at once', async () => {
    const first = await dana.register();
    const answer = await dana.post(`/applications/${first.id}/secrets`, { label: 'for 2027' });
    expect(answer.status).toBe(201);
    const secret = /id="new-secret">([^<]+)/.exec(answer.body)![1]!;
    const [old, added] = [new RelyingParty(server, first), new RelyingParty(server, { ...first, secret })];
    expect([(await old.clientCredentials()).status, (await added.clientCredentials()).status]).toEqual([
      200, 200,
    ]);
    const [row] = (await clients.get(first.id)).secrets.filter(({ label }) => label === 'first secret');
    await dana.post(`/applications/${first.id}/secrets/${row!.id}/delete`);
    expect([(await old.clientCredentials()).status, (await added.clientCredentials()).status]).toEqual([
      401, 200,
    ]);
  });

  it('deletes an application with everything it holds, after asking', async () => {
    const client = await dana.register();
    const rp = new RelyingParty(server, client);
    const { access_token: token } = await rp.tokens({}, dana.user);
    expect(shows(await dana.get(`/applications/${client.id}/delete`), 'application-delete')).toBe(true);
    expect((await dana.post(`/applications/${client.id}/delete`)).location!.pathname).toBe('/applications');
    expect((await dana.get(`/applications/${client.id}`)).status).toBe(404);
    expect((await rp.clientCredentials()).status).toBe(401);
    expect((await rp.userinfo(token)).status).toBe(401);
  });

  it('tells the owner which part of a redirect URI differs, and what else was refused', async () => {
    const client = await dana.register();
    const rp = new RelyingParty(server, client);
    await rp.authorize({ redirect_uri: 'https://rp.test/cb/' });
    await rp.authorize({ redirect_uri: 'https://rp.test/cb/' });
    await new RelyingParty(server, { ...client, secret: 'wrong' }).clientCredentials();
    await rp.refresh('unknown');
    const { body } = await dana.get(`/applications/${client.id}`);
    expect(body).toContain(
      'requested https://rp.test/cb/ — registered https://rp.test/cb — differs: trailing slash',
    );
    expect(body).toContain('2 times in all');
    expect(body).toContain('<code>invalid_client</code>');
    expect(body).toContain('<code>invalid_grant</code>');
  });

  it('shows a client of the configuration file, and changes nothing of it', async () => {
    const id = 'declared';
    const declared = { client_id: id, ...OPERATORS, owner: dana.user.subject };
    await clients.register(declared, { ...OPERATOR, managedBy: 'file' });
    const page = await dana.get(`/applications/${id}`);
    expect(page.body).toContain('managed by the configuration file');
    expect(shows(page, 'edit-application')).toBe(false);
    expect((await dana.get(`/applications/${id}/edit`)).status).toBe(409);
    for (const path of ['', '/secrets', '/delete']) {
      expect((await dana.post(`/applications/${id}${path}`, WEB)).status).toBe(409);
    }
    expect(await clients.get(id)).toMatchObject({ version: 1 });
  });

  it('takes no more than 100 applications of one person, and gives back what was typed', async () => {
    const eve = await Developer.signIn(server);
    const owner = eve.user.subject;
    for (let count = 0; count < 100; count++) {
      await clients.register({ ...OPERATORS, owner }, OPERATOR);
    }
    const answer = await eve.post('/applications', WEB);
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('you have 100 applications');
    expect(answer.body).toContain('value="Timesheets"');
    expect((await clients.list({ owner, offset: 0, limit: 1 }))[1]).toBe(100);
  });

  it('does not exist where it is turned off', async () => {
    const without = await startServer({ settings: { portal: { enabled: false } } });
    const developer = await Developer.signIn(without);
    expect((await developer.get('/applications')).status).toBe(404);
    expect((await developer.post('/applications', WEB)).status).toBe(404);
    await without.close();
  });
});

const OPERATOR = { by: 'test', source: 'operator' } as const;
const REFERENCE = /id="error-reference">[^<]*/;

const OPERATORS = {
  client_name: 'Of the operator',
  token_endpoint_auth_method: 'client_secret_post',
  grant_types: ['client_credentials'],
  id_token_signed_response_alg: 'ES256',
  skip_consent: true,
  scope: 'read',
};
