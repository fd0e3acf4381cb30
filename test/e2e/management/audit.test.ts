import { ProvisioningService } from '../../../src/provisioning/index.js';
import { Developer } from '../portal/portal.js';
import { EDITOR, aClient, aRelyingParty, sharedServer, startServer } from '../../support/index.js';
import { ManagementApi, asMachine, asUser, metadata } from './management-api.js';

interface AuditItem {
  readonly id: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly ip: string | null;
  readonly changes: Record<string, { before: unknown; after: unknown }>;
}

describe('The audit trail', async () => {
  const server = await sharedServer();
  const { user: admin, api } = await asUser(server, 'admin');

  const recordsOf = async (target: string): Promise<AuditItem[]> =>
    (await api.get(`/api/audit?target=${encodeURIComponent(target)}`)).json.items;

  it('has one record for each change, with actor, target and address (M09)', async () => {
    const { client_id: id } = (await api.post('/api/clients', metadata())).json;
    await api.patch(`/api/clients/${id}`, { client_name: 'Other', skip_consent: true });
    const { json: secret } = await api.post(`/api/clients/${id}/secrets`, { label: 'second' });
    await api.delete(`/api/clients/${id}/secrets/${secret.id}`);
    await api.delete(`/api/clients/${id}`);
    const records = await recordsOf(id);
    expect(records.map(({ action }) => action)).toEqual([
      'client.deleted',
      'client.secret_deleted',
      'client.secret_created',
      'client.updated',
      'client.created',
    ]);
    for (const { actor, ip } of records) expect([actor, ip]).toEqual([admin.subject, '127.0.0.1']);
    expect(records[3]!.changes).toEqual({
      client_name: { before: 'An application', after: 'Other' },
      skip_consent: { before: false, after: true },
    });
    expect(records[2]!.changes).toMatchObject({ label: { before: null, after: 'second' } });
    expect(records[4]!.changes).toMatchObject({ scope: { before: null, after: 'openid read' } });
  });

  it('says what happens to users, and nothing of their passwords', async () => {
    const { sub, password } = (await api.post('/api/users', { username: `audited-${Date.now()}` })).json;
    await api.patch(`/api/users/${sub}`, { roles: ['auditor'] });
    const reset = (await api.post(`/api/users/${sub}/reset-password`)).json;
    await api.post(`/api/users/${sub}/disable`);
    await api.post(`/api/users/${sub}/disable`);
    await api.post(`/api/users/${sub}/enable`);
    const records = await recordsOf(sub);
    expect(records.map(({ action }) => action)).toEqual([
      'user.enabled',
      'user.disabled',
      'user.password_reset',
      'user.updated',
      'user.created',
    ]);
    expect(records[3]!.changes).toEqual({ roles: { before: [], after: ['auditor'] } });
    expect(JSON.stringify(records)).not.toContain(password);
    expect(JSON.stringify(records)).not.toContain(reset.password);
    expect(JSON.stringify(records)).not.toMatch(/argon|hash/);
  });

  it('names the owner where somebody changes what is his own', async () => {
    const dana = await Developer.signIn(server);
    const { id } = await dana.register();
    await dana.post(`/applications/${id}/secrets`, { label: 'mine' });
    await dana.post(`/applications/${id}/delete`);
    const records = await recordsOf(id);
    expect(records.map(({ action }) => action)).toEqual([
      'client.deleted',
      'client.secret_created',
      'client.created',
    ]);
    for (const { actor, ip } of records) expect([actor, ip]).toEqual([dana.user.subject, '127.0.0.1']);
  });

  it('names a client that acts for itself', async () => {
    const rp = await aRelyingParty(server, aClient().machine().scope('management'));
    const { access_token } = (await rp.clientCredentials()).json;
    const { client_id: id } = (await new ManagementApi(server, access_token).post('/api/clients', metadata()))
      .json;
    expect((await recordsOf(id))[0]!.actor).toBe(`client ${rp.client.id}`);
  });

  it('names the configuration file, and only when that has said something new', async () => {
    const items = (await api.get('/api/audit?actor=configuration%20file&target=read')).json.items;
    expect(items).toMatchObject([{ action: 'scope.created', target: 'read', ip: null }]);
  });

  it('refuses to be changed, even past the server (append-only)', async () => {
    const { id } = await aClient().register(server);
    const count = () => server.sql<{ count: string }>('SELECT count(*) FROM gh_audit');
    const before = await count();
    for (const statement of [
      `UPDATE gh_audit SET actor = 'somebody else' WHERE target_id = '${id}'`,
      `DELETE FROM gh_audit WHERE target_id = '${id}'`,
      'DELETE FROM gh_audit',
      'TRUNCATE gh_audit',
    ]) {
      await expect(server.sql(statement)).rejects.toThrow('append-only');
    }
    expect(await count()).toEqual(before);
    expect(await recordsOf(id)).toMatchObject([{ actor: EDITOR.by }]);
  });

  it('knows no change without its record: where one cannot be written, the other does not happen (F12)', async () => {
    const { id } = await aClient().register(server);
    const { sub } = (await api.post('/api/users', { username: `kept-${Date.now()}` })).json;
    const scope = { name: `unrecorded-${Date.now()}` };
    const keys = (await api.get('/api/keys')).json;
    await server.sql('ALTER TABLE gh_audit ADD CONSTRAINT full_disk CHECK (false) NOT VALID');
    try {
      for (const answer of [
        await api.patch(`/api/clients/${id}`, { client_name: 'Unrecorded' }),
        await api.post(`/api/clients/${id}/secrets`, { label: 'unrecorded' }),
        await api.delete(`/api/clients/${id}`),
        await api.post('/api/clients', metadata({ client_id: 'unrecorded' })),
        await api.post(`/api/users/${sub}/disable`),
        await api.patch(`/api/users/${sub}`, { roles: ['admin'] }),
        await api.post(`/api/users/${sub}/reset-password`),
        await api.post('/api/scopes', scope),
        await api.post('/api/keys/rotate', { alg: 'ES256', immediately: true }),
      ]) {
        expect(answer.status).toBe(500);
      }
    } finally {
      await server.sql('ALTER TABLE gh_audit DROP CONSTRAINT full_disk');
    }
    expect((await api.get(`/api/clients/${id}`)).json.client_name).not.toBe('Unrecorded');
    expect((await api.get(`/api/clients/${id}/secrets`)).json).toHaveLength(1);
    expect((await api.get('/api/clients/unrecorded')).status).toBe(404);
    expect((await api.get(`/api/users/${sub}`)).json).toMatchObject({ disabled: false, roles: [] });
    expect((await api.get(`/api/scopes/${scope.name}`)).status).toBe(404);
    expect((await api.get('/api/keys')).json).toEqual(keys);
  });

  it('refuses no name, however hostile, and keeps it as data', async () => {
    const client_name = '<script>alert(1)</script>\n\u001b[31m"},{"actor":"forged';
    const { client_id } = (
      await api.post('/api/clients', metadata({ client_name: client_name.replace('\u001b', '') }))
    ).json;
    expect((await recordsOf(client_id))[0]!.changes['client_name']!.after).toBe(
      client_name.replace('\u001b', ''),
    );
  });

  describe('is read page by page', async () => {
    const { id } = await aClient().register(server);
    for (let count = 0; count < 6; count++)
      await api.patch(`/api/clients/${id}`, { client_name: `${count}` });
    const path = `/api/audit?target=${id}&limit=3`;
    const first = (await api.get(path)).json as { items: AuditItem[]; next: string };

    it('without a gap and without a repetition, whatever is written meanwhile', async () => {
      await api.patch(`/api/clients/${id}`, { client_name: 'meanwhile' });
      const second = (await api.get(`${path}&cursor=${first.next}`)).json;
      const third = (await api.get(`${path}&cursor=${second.next}`)).json;
      const names = [...first.items, ...second.items, ...third.items].map(
        ({ changes }: AuditItem) => changes['client_name']!.after,
      );
      expect(names.slice(0, 6)).toEqual(['5', '4', '3', '2', '1', '0']);
      expect(names).toHaveLength(7);
      expect(third.next).toBeNull();
    });

    it('with a cursor that nobody edits, forges or takes elsewhere (H17)', async () => {
      const { next } = first;
      const flipped = next.slice(0, -1) + (next.endsWith('A') ? 'B' : 'A');
      const { api: other } = await asUser(server, 'auditor');
      for (const answer of [
        await api.get(`${path}&cursor=${flipped}`),
        await api.get(`${path}&cursor=${next.slice(0, -4)}`),
        await api.get(`${path}&cursor=${next}AAAA`),
        await api.get(`${path}&cursor=${'A'.repeat(next.length)}`),
        await api.get(`${path}&cursor=${Buffer.from('{"id":"0"}').toString('base64url')}`),
        await api.get(`${path}&cursor=`),
        await api.get(`${path}&cursor=%00`),
        await api.get(`/api/audit?limit=3&cursor=${next}`),
        await api.get(`/api/audit?target=other&limit=3&cursor=${next}`),
        await other.get(`${path}&cursor=${next}`),
      ]) {
        expect(answer.status).toBe(400);
        expect(answer.json.error).toBe('invalid_request');
      }
      expect((await api.get(`${path}&cursor=${next}`)).status).toBe(200);
    });

    it('with a cursor that is not good for ever', async () => {
      server.clock.advance(3601);
      const { api: later } = await asUser(server, 'admin');
      expect((await later.get(`${path}&cursor=${first.next}`)).status).toBe(400);
    });
  });

  it.each([
    'action=client.cloned',
    'limit=0',
    'limit=101',
    'from=yesterday',
    'to=2030-01-31',
    'actor=%00',
    'x=1',
  ])('refuses ?%s', async (query) => {
    const { api: fresh } = await asUser(server, 'admin');
    expect((await fresh.get(`/api/audit?${query}`)).status).toBe(400);
  });

  it('finds what was done in a time, by somebody, to a kind of thing', async () => {
    const { user, api: fresh } = await asUser(server, 'admin');
    const { id } = await aClient().register(server);
    await fresh.patch(`/api/clients/${id}`, { client_name: 'Timed' });
    const now = server.clock.now();
    const count = async (query: string) =>
      (await fresh.get(`/api/audit?actor=${user.subject}&${query}`)).json.items.length as number;
    const at = (seconds: number) =>
      encodeURIComponent(new Date(now.getTime() + seconds * 1000).toISOString());
    expect(await count(`from=${at(-10)}&to=${at(10)}`)).toBe(1);
    expect(await count(`from=${at(10)}`)).toBe(0);
    expect(await count(`to=${at(-10)}`)).toBe(0);
    expect(await count('target_type=client')).toBe(1);
    expect(await count('target_type=user')).toBe(0);
    expect(await count('action=client.updated')).toBe(1);
    expect(await count('action=client.deleted')).toBe(0);
  });
});

describe('The audit trail of a declared server', () => {
  it('does not grow with every start', async () => {
    const server = await startServer({
      settings: {
        users: [{ username: 'declared', password: 'a password', roles: ['admin'], email: 'd@example.com' }],
        clients: [
          { client_id: 'declared', client_secret: 'a secret', redirect_uris: ['https://rp.test/cb'] },
        ],
      },
    });
    const api = await asMachine(server);
    const { json } = await api.get('/api/audit?actor=configuration%20file');
    const targets = json.items.map(({ action, target }: AuditItem) => `${action} ${target}`);
    expect(targets).toContain('client.created declared');
    expect(targets.filter((target: string) => target.startsWith('user.created'))).toHaveLength(1);
    await server.get(ProvisioningService).onApplicationBootstrap();
    expect((await api.get('/api/audit?actor=configuration%20file')).json.items).toEqual(json.items);
    const { json: users } = await api.get('/api/users?username=declared');
    const [{ sub, managed_by }] = users.items;
    expect(managed_by).toBe('file');
    expect((await api.patch(`/api/users/${sub}`, { roles: [] })).status).toBe(409);
    expect((await api.post(`/api/users/${sub}/reset-password`)).status).toBe(409);
    await server.close();
  });
});
