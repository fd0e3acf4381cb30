import { ClientsService, ManagedClientMetadata, toMetadata } from '../../../src/clients/index.js';
import { declaredFields } from '../../../src/common/index.js';
import { RelyingParty, aClient, aUser, sharedServer, shows, textOf } from '../../support/index.js';
import { Visitor, plain, postOf } from './console.js';

describe('The console and clients', async () => {
  const server = await sharedServer();
  const clients = server.get(ClientsService);
  const admin = await Visitor.signIn(server, 'admin');

  it('makes a client, and shows its secret on that answer only', async () => {
    const page = await admin.submit(await admin.get('/admin/new/client'), {
      ...{ client_name: 'Payroll', redirect_uris: 'https://rp.test/cb', scope: ['openid', 'read'] },
      ...{ grant_types: ['authorization_code', 'client_credentials'], response_types: 'code' },
    });
    expect(page.status).toBe(201);
    const secret = textOf(page, 'new-secret')!;
    expect(secret).toMatch(/^[\w-]{43}$/);
    const [[client]] = await clients.list({ offset: 0, limit: 1, search: 'Payroll' });
    expect(client).toMatchObject({ registeredScope: 'openid read', owner: null, managedBy: null });
    const { id } = client!;
    const rp = new RelyingParty(server, {
      ...{ id, secret, authenticationMethod: 'client_secret_basic', redirectUri: 'https://rp.test/cb' },
    });
    expect((await rp.clientCredentials()).status).toBe(200);
    const again = await admin.get(`/admin/clients/${id}`);
    expect([again.status, again.body.includes(secret)]).toEqual([200, false]);
    expect(again.headers['cache-control']).toBe('no-store');
  });

  it('has a field for everything that an administrator may say, but a secret', async () => {
    const { body } = await admin.get('/admin/new/client');
    const missing = declaredFields(ManagedClientMetadata).filter((name) => !body.includes(` name="${name}"`));
    expect(missing).toEqual(['client_secret']);
  });

  it('changes nothing when a form is saved as it was', async () => {
    const metadata: ManagedClientMetadata = {
      client_name: 'Unchanged "quoted" & more',
      ...{ grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
      ...{ post_logout_redirect_uris: ['https://rp.test/bye'], allowed_origins: ['https://rp.test'] },
      ...{ logo_uri: 'https://rp.test/logo', access_token_format: 'jwt', access_token_ttl: 60 },
      ...{ require_pkce: false, skip_consent: true, may_introspect: true, resources: ['https://api1.test'] },
      ...{ metadata: { cost: ['centre', 1] }, token_endpoint_auth_method: 'client_secret_post' },
      ...{
        scope: 'openid gone-since',
        owner: 'somebody',
        introspection_endpoint_auth_method: 'client_secret_basic',
      },
    };
    const { id } = await aClient().with(metadata).register(server);
    const before = toMetadata(await clients.get(id));
    const answer = await admin.submit(await admin.get(`/admin/clients/${id}/edit`));
    expect(answer.status).toBe(200);
    expect(toMetadata(await clients.get(id))).toEqual(before);
  });

  it('takes away what was emptied', async () => {
    const metadata: ManagedClientMetadata = {
      ...{ logo_uri: 'https://rp.test/logo', owner: 'somebody', access_token_ttl: 60, require_pkce: true },
      ...{ skip_consent: true, metadata: { a: 1 }, allowed_origins: ['https://rp.test'] },
    };
    const { id } = await aClient().with(metadata).register(server);
    const page = await admin.get(`/admin/clients/${id}/edit`);
    const empty = {
      logo_uri: '',
      owner: '',
      access_token_ttl: '',
      require_pkce: '',
      metadata: '',
      allowed_origins: '',
    };
    const { action, values } = postOf(page);
    delete values['skip_consent'];
    await admin.post(action, { ...values, ...empty });
    expect(await clients.get(id)).toMatchObject({
      ...{ logoUri: null, owner: null, accessTokenTtl: null, requirePkce: null },
      ...{ skipConsent: false, metadata: {}, allowedOrigins: [] },
    });
  });

  it('brings a form back with what was typed and what is wrong', async () => {
    const { id } = await aClient().register(server);
    const page = await admin.get(`/admin/clients/${id}/edit`);
    for (const [field, value] of [
      ['redirect_uris', 'not a uri'],
      ['access_token_ttl', 'an hour'],
      ['metadata', '{"a":'],
      ['logo_uri', 'javascript:alert(1)'],
    ] as const) {
      const again = await admin.submit(page, { client_name: 'Typed <before>', [field]: value });
      expect(again.status).toBe(400);
      expect(shows(again, 'error-summary')).toBe(true);
      expect(again.body).toContain(`href="#${field}"`);
      expect(postOf(again).values).toMatchObject({ client_name: 'Typed <before>', [field]: value });
    }
    expect((await clients.get(id)).name).not.toContain('Typed');
  });

  it('overwrites no change that was made meanwhile', async () => {
    const { id } = await aClient().register(server);
    const [one, other] = [
      await admin.get(`/admin/clients/${id}/edit`),
      await admin.get(`/admin/clients/${id}/edit`),
    ];
    expect((await admin.submit(one, { client_name: 'First' })).status).toBe(200);
    expect((await admin.submit(other, { client_name: 'Second' })).status).toBe(412);
    expect((await clients.get(id)).name).toBe('First');
  });

  it('takes no parameter beside the fields of the form (M02)', async () => {
    const { id } = await aClient().register(server);
    const page = await admin.get(`/admin/clients/${id}/edit`);
    const extra = {
      managed_by: 'file',
      client_id: 'other',
      client_secret: 'mine',
      version_: '9',
      id: 'other',
    };
    expect((await admin.submit(page, extra)).status).toBe(200);
    expect(await clients.get(id)).toMatchObject({ id, managedBy: null });
    expect((await clients.get(id)).secrets).toHaveLength(1);
  });

  it('rolls a secret over: one more, then the old one goes, after a question', async () => {
    const { id } = await aClient().machine().register(server);
    const page = await admin.post(`/admin/clients/${id}/secrets`, { label: 'next' });
    expect(page.status).toBe(201);
    expect(textOf(page, 'new-secret')).toMatch(/^[\w-]{43}$/);
    const old = (await clients.get(id)).secrets.find(({ label }) => label !== 'next')!;
    const question = await admin.get(`/admin/clients/${id}/secrets/${old.id}/delete`);
    expect(question.body).toContain('Delete this secret?');
    expect((await clients.get(id)).secrets).toHaveLength(2);
    await admin.submit(question);
    expect((await clients.get(id)).secrets.map(({ label }) => label)).toEqual(['next']);
  });

  it('deletes a client, after a question, and not one that was changed since', async () => {
    const { id } = await aClient().register(server);
    const stale = await admin.get(`/admin/clients/${id}/delete`);
    await admin.submit(await admin.get(`/admin/clients/${id}/edit`), { client_name: 'Changed' });
    expect((await admin.submit(stale)).status).toBe(412);
    expect((await admin.submit(await admin.get(`/admin/clients/${id}/delete`))).status).toBe(200);
    expect(await clients.find(id)).toBeNull();
    expect((await admin.get(`/admin/clients/${id}`)).status).toBe(404);
  });

  it('finds clients by a part of the name, by the beginning of the id, and by owner', async () => {
    const owner = await aUser().register(server);
    const { id } = await aClient()
      .with({ client_name: '100% Sure_thing', owner: owner.subject })
      .register(server);
    const found = async (query: string) =>
      (await admin.get(`/admin/clients?${query}`)).body.includes(`>${id}<`);
    expect(await found('search=sure_T')).toBe(true);
    expect(await found('search=100%25+s')).toBe(true);
    expect(await found(`search=${id}&owner=`)).toBe(true);
    expect(await found(`owner=${owner.subject}`)).toBe(true);
    expect(await found('search=sureXthing')).toBe(false);
    expect(await found(`owner=${admin.user.subject}`)).toBe(false);
    expect((await admin.get('/admin/clients?search=%00')).status).toBe(400);
  });

  it('turns pages, and keeps the filters', async () => {
    const owner = (await aUser().register(server)).subject;
    for (const client_name of ['A', 'B', 'C']) await aClient().with({ client_name, owner }).register(server);
    const first = await admin.get(`/admin/clients?owner=${owner}&limit=2`);
    expect(first.body).toContain('1 to 2 of 3');
    const next = plain(/rel="next" href="([^"]*)"/.exec(first.body)![1]!);
    const second = await admin.get(next);
    expect(second.body).toMatch(/rel="prev"/);
    expect(next).toContain(owner);
  });

  it('shows those of the configuration file, and lets nobody change them', async () => {
    const { id } = await aClient().register(server);
    await server.sql(`UPDATE gh_client SET managed_by = 'file' WHERE client_id = $1`, [id]);
    const page = await admin.get(`/admin/clients/${id}`);
    expect(page.body).toContain('managed by the configuration file');
    expect(shows(page, 'edit-client')).toBe(false);
    expect((await admin.get(`/admin/clients/${id}/edit`)).status).toBe(409);
    expect((await admin.post(`/admin/clients/${id}`, { client_name: 'Mine' })).status).toBe(409);
    expect((await admin.post(`/admin/clients/${id}/delete`)).status).toBe(409);
  });

  it('shows whatever a client says of itself as text', async () => {
    const client_name = '"><script>alert(1)</script>{{7*7}}\u202e';
    const { id } = await aClient()
      .with({ client_name, metadata: { x: '</textarea><script>' } })
      .register(server);
    for (const path of [
      `/admin/clients/${id}`,
      `/admin/clients/${id}/edit`,
      '/admin/clients',
      '/admin',
      '/admin/audit',
    ]) {
      const { body } = await admin.get(`${path}${path === '/admin/clients' ? `?search=${id}` : ''}`);
      expect(body).not.toMatch(/<script|\u202e/);
    }
  });
});
