import { ClientsService } from '../../../src/clients/index.js';
import { startServer, textOf } from '../../support/index.js';
import { WEB, configure, register, registered } from '../rfc7591/registration.js';
import { Visitor } from './console.js';

const PATH = '/admin/initial-access-tokens';

describe('Initial access tokens in the console', async () => {
  const server = await startServer({ settings: { registration: { access: 'token' } } });
  afterAll(() => server.close());
  const admin = await Visitor.signIn(server, 'admin');

  const make = async (fields = {}) => {
    const form = await admin.get('/admin/new/initial-access-token');
    return admin.submit(form, { label: 'ACME', ...fields });
  };

  it('are found from the clients, made and shown once', async () => {
    expect((await admin.get('/admin/clients')).body).toContain(`href="${PATH}"`);
    const made = await make();
    expect(made.status).toBe(201);
    const token = textOf(made, 'new-secret')!;
    expect((await register(server, WEB, token)).status).toBe(201);
    expect((await register(server, WEB, token)).status).toBe(401);
    const list = await admin.get(PATH);
    expect(list.body).toContain('ACME');
    expect(list.body).toContain('used up');
    expect(list.body).not.toContain(token);
  });

  it('last as long and as often as is typed', async () => {
    const made = await make({ label: 'endless', uses: '', days: '' });
    const token = textOf(made, 'new-secret')!;
    for (let use = 0; use < 3; use++) expect((await register(server, WEB, token)).status).toBe(201);
    expect((await admin.get(PATH)).body).toContain('any number');
    const short = textOf(await make({ label: 'short', uses: '', days: '2' }), 'new-secret')!;
    const [row] = await server.sql<{ days: number }>(
      `SELECT round(extract(epoch FROM expires_at - created_at) / 86400)::int AS days
       FROM gh_initial_access_token WHERE label = 'short'`,
    );
    expect(row).toEqual({ days: 2 });
    expect((await register(server, WEB, short)).status).toBe(201);
  });

  it.each([
    ['label', { label: '' }],
    ['uses', { uses: '0' }],
    ['uses', { uses: 'many' }],
    ['days', { days: '0' }],
    ['days', { days: '99999' }],
    ['days', { days: 'some' }],
  ])('point at %s when it cannot be %j', async (field, fields) => {
    const answer = await make(fields);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(`href="#${field}"`);
  });

  it('are deleted after a question', async () => {
    const token = textOf(await make({ label: 'to be deleted' }), 'new-secret')!;
    const [{ id }] = (await server.sql<{ id: string }>(
      "SELECT id FROM gh_initial_access_token WHERE label = 'to be deleted'",
    )) as [{ id: string }];
    const done = await admin.submit(await admin.get(`${PATH}/${id}/delete`));
    expect(done.body).not.toContain('to be deleted');
    expect((await register(server, WEB, token)).status).toBe(401);
    expect((await admin.get(`${PATH}/${id}/delete`)).status).toBe(404);
  });

  it('a client that registered itself says so, and is taken over by whoever edits it', async () => {
    const token = textOf(await make({ label: 'watched' }), 'new-secret')!;
    const client = await registered(server, { ...WEB, contacts: ['ops@rp.test'] }, token);
    const page = await admin.get(`/admin/clients/${client.client_id}`);
    expect(page.body).toContain('initial access token watched');
    expect(page.body).toContain('looks after itself');
    expect((await configure(server, client)).status).toBe(200);
    const form = await admin.get(`/admin/clients/${client.client_id}/edit`);
    expect((await admin.submit(form, { client_name: 'Ours now' })).body).not.toContain('looks after itself');
    expect((await configure(server, client)).status).toBe(401);
    expect(await server.get(ClientsService).get(client.client_id)).toMatchObject({
      name: 'Ours now',
      contacts: ['ops@rp.test'],
      registeredWith: 'initial access token watched',
    });
  });

  it('folds away what few clients need, and unfolds what is set', async () => {
    const form = await admin.get('/admin/new/client');
    expect(form.body.match(/<details class="panel fold">/g)!.length).toBe(7);
    const { client_id } = await registered(
      server,
      { ...WEB, backchannel_logout_uri: 'https://rp.test/back' },
      textOf(await make(), 'new-secret'),
    );
    const edit = await admin.get(`/admin/clients/${client_id}/edit`);
    expect(edit.body).toMatch(/<details class="panel fold" open>\s*<summary>Signing out/);
    expect(edit.body).toMatch(/<details class="panel fold">\s*<summary>Request objects/);
  });
});
