import { LocalUsersService } from '../../../src/users/index.js';
import { Browser, aClient, aRelyingParty, aUser, shows, startServer, textOf } from '../../support/index.js';
import type { Fields } from '../portal/portal.js';
import { Visitor, plain, postOf } from './console.js';

describe('The administration console', async () => {
  const server = await startServer();
  const users = server.get(LocalUsersService);
  const admin = await Visitor.signIn(server, 'admin');
  const auditor = await Visitor.signIn(server, 'auditor');
  afterAll(() => server.close());

  const records = async (target: string) =>
    await server.sql<{ action: string; actor: string; ip: string }>(
      'SELECT action, actor, ip FROM gh_audit WHERE target_id = $1 ORDER BY id DESC',
      [target],
    );

  describe('and users', () => {
    it('makes one, who can sign in with the password that is shown once', async () => {
      const page = await admin.submit(await admin.get('/admin/new/user'), {
        ...{ username: 'Ada', name: 'Ada Lovelace', email: 'ada@example.com', email_verified: 'true' },
        ...{ roles: 'staff\nauditor', claims: '{"locale": "en"}' },
      });
      expect(page.status).toBe(201);
      const password = textOf(page, 'new-secret')!;
      const ada = (await users.findByUsername('ada'))!;
      expect(ada.claims).toEqual({
        ...{ name: 'Ada Lovelace', email: 'ada@example.com', email_verified: true, locale: 'en' },
      });
      expect(ada.roles).toEqual(['staff', 'auditor']);
      const browser = new Browser(server);
      expect((await browser.signIn({ username: 'ada', password })).location!.pathname).toBe('/account');
      expect((await admin.get(`/admin/users/${ada.subject}`)).body).not.toContain(password);
      expect(await records(ada.subject)).toEqual([
        { action: 'user.created', actor: admin.user.subject, ip: '127.0.0.1' },
      ]);
    });

    it('says what is wrong, and keeps what was typed', async () => {
      const blank = await admin.get('/admin/new/user');
      const taken = await admin.submit(blank, { username: admin.user.username, name: 'Typed' });
      expect(taken.status).toBe(409);
      expect(postOf(taken).values).toMatchObject({ name: 'Typed' });
      for (const wrong of [
        {},
        { username: 'x', claims: '[]' },
        { username: 'x', claims: '{' },
        { username: 'x', roles: 'a b' },
        { username: 'x', claims: '{"sub": "mine"}' },
        { username: 'x', claims: '{"a": "\\u0000"}' },
      ]) {
        const again = await admin.submit(blank, { ...wrong } as Fields);
        expect([again.status, shows(again, 'error-summary')]).toEqual([400, true]);
      }
    });

    it('changes claims and roles: the form says everything', async () => {
      const { subject } = await aUser()
        .with({ name: 'Old', nickname: 'gone', email: 'a@b.c' })
        .roles('staff')
        .register(server);
      const page = await admin.get(`/admin/users/${subject}/edit`);
      expect(postOf(page).values).toMatchObject({ name: 'Old', email: 'a@b.c', roles: 'staff' });
      const saved = await admin.submit(page, { name: 'New', claims: '', roles: '' });
      expect(saved.body).toContain('The changes are saved.');
      expect(await users.find(subject)).toMatchObject({ claims: { name: 'New', email: 'a@b.c' }, roles: [] });
      expect((await admin.submit(page, { name: 'Late' })).status).toBe(412);
    });

    it('disables one after a question, and enables him again', async () => {
      const user = await aUser().register(server);
      const rp = await aRelyingParty(server);
      const { access_token } = await rp.tokens({}, user);
      const question = await admin.get(`/admin/users/${user.subject}/disable`);
      expect(await rp.isAlive(access_token)).toBe(true);
      expect((await admin.submit(question)).body).toContain('The user is disabled');
      expect(await rp.isAlive(access_token)).toBe(false);
      expect((await new Browser(server).signIn(user)).location).toBeNull();
      await admin.submit(await admin.get(`/admin/users/${user.subject}/enable`));
      expect((await new Browser(server).signIn(user)).location).not.toBeNull();
    });

    it('gives a new password, shown once', async () => {
      const user = await aUser().register(server);
      const page = await admin.submit(await admin.get(`/admin/users/${user.subject}/reset-password`));
      const password = textOf(page, 'new-secret')!;
      expect((await new Browser(server).signIn(user)).location).toBeNull();
      expect((await new Browser(server).signIn({ ...user, password })).location).not.toBeNull();
      expect((await admin.get(`/admin/users/${user.subject}`)).body).not.toContain(password);
    });

    it('keeps the last administrator (M04)', async () => {
      await server.sql(`UPDATE gh_user SET roles = '{}' WHERE 'admin' = ANY(roles) AND subject <> $1`, [
        admin.user.subject,
      ]);
      const path = `/admin/users/${admin.user.subject}`;
      const again = await admin.submit(await admin.get(`${path}/edit`), { roles: 'auditor' });
      expect([again.status, again.body.includes('last administrator')]).toEqual([409, true]);
      expect((await admin.post(`${path}/disable`)).status).toBe(409);
      expect((await admin.get('/admin')).status).toBe(200);
    });
  });

  describe('and the catalogue', () => {
    it('makes, changes and deletes a scope', async () => {
      const page = await admin.submit(await admin.get('/admin/new/scope'), {
        ...{
          name: 'notes.read',
          title: 'Read notes',
          claims: 'email\nname',
          access_token_ttl: '60',
          restricted: 'true',
        },
      });
      expect(page.body).toContain('It is created.');
      const edit = await admin.get('/admin/scopes/notes.read/edit');
      expect(postOf(edit).values).toMatchObject({
        title: 'Read notes',
        claims: 'email\nname',
        restricted: 'true',
      });
      await admin.submit(edit, { title: 'Read your notes', access_token_ttl: '' });
      const [row] = await server.sql(
        'SELECT title, access_token_ttl, restricted FROM gh_scope WHERE name = $1',
        ['notes.read'],
      );
      expect(row).toEqual({ title: 'Read your notes', access_token_ttl: null, restricted: true });
      expect((await admin.submit(edit, { title: 'Late' })).status).toBe(412);
      await admin.submit(await admin.get('/admin/scopes/notes.read/delete'));
      expect((await admin.get('/admin/scopes/notes.read')).status).toBe(404);
      expect((await records('notes.read')).map(({ action }) => action)).toEqual([
        ...['scope.deleted', 'scope.updated', 'scope.created'],
      ]);
    });

    it('makes, changes and deletes a resource', async () => {
      const identifier = 'https://notes.test/api?v=1';
      const path = `/admin/resources/${encodeURIComponent(identifier)}`;
      await admin.submit(await admin.get('/admin/new/resource'), {
        identifier,
        scopes: 'read',
        access_token_format: 'jwt',
      });
      await admin.submit(await admin.get(`${path}/edit`), { name: 'Notes', access_token_format: '' });
      const [row] = await server.sql(
        'SELECT name, access_token_format FROM gh_resource WHERE identifier = $1',
        [identifier],
      );
      expect(row).toEqual({ name: 'Notes', access_token_format: null });
      await admin.submit(await admin.get(`${path}/delete`));
      expect((await admin.get(path)).status).toBe(404);
    });

    it('leaves the standard scopes and the configuration file alone', async () => {
      const file = encodeURIComponent('https://api1.test');
      for (const path of ['/admin/scopes/openid', '/admin/scopes/read', `/admin/resources/${file}`]) {
        const page = await admin.get(path);
        expect([page.status, /\/(edit|delete)"/.test(page.body)]).toEqual([200, false]);
        expect((await admin.get(`${path}/edit`)).status).toBe(409);
        expect((await admin.post(path, { title: 'Mine' })).status).toBe(409);
        expect((await admin.post(`${path}/delete`)).status).toBe(409);
      }
    });
  });

  it('finds authorizations by the name of the user and by client, and revokes one', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server, aClient());
    const { access_token } = await rp.tokens({}, user);
    for (const query of [`sub=${user.username}`, `sub=${user.subject}`, `client_id=${rp.client.id}&sub=`]) {
      expect((await auditor.get(`/admin/authorizations?${query}`)).body).toContain('1 to 1 of 1');
    }
    const list = await admin.get(`/admin/authorizations?sub=${user.username}`);
    const link = plain(/href="([^"]*\/revoke)"/.exec(list.body)![1]!);
    const done = await admin.submit(await admin.get(link));
    expect(done.body).toContain('It is revoked');
    expect(await rp.isAlive(access_token)).toBe(false);
    const id = link.split('/').at(-2)!;
    expect(await records(id)).toMatchObject([{ action: 'authorization.revoked', actor: admin.user.subject }]);
  });

  it('rotates a signing key after a question', async () => {
    const list = await admin.get('/admin/keys');
    const link = plain(/href="([^"]*\/rotate\?alg[^"]*ES256)"/.exec(list.body)![1]!);
    expect((await server.send('/oauth/jwks')).json.keys).toHaveLength(6);
    const done = await admin.submit(await admin.get(link));
    expect(done.body).toContain('The next key is published');
    expect((await server.send('/oauth/jwks')).json.keys).toHaveLength(7);
    const [{ target }] = (await server.sql<{ target: string }>(
      `SELECT target_id AS target FROM gh_audit WHERE action = 'key.rotated'`,
    )) as [{ target: string }];
    expect(done.body).toContain(target);
    expect((await admin.get('/admin/keys/rotate?alg=HS256')).status).toBe(400);
    expect((await admin.get('/admin/keys/rotate?alg=ES256&alg=RS256')).status).toBe(400);
    expect((await admin.post('/admin/keys/rotate', { alg: 'none' })).status).toBe(400);
  });

  it('reads the audit trail page by page, by name, and to the minute', async () => {
    const { id } = await aClient().register(server);
    for (let count = 0; count < 3; count++)
      await admin.submit(await admin.get(`/admin/clients/${id}/edit`), { client_name: `Version ${count}` });
    const first = await auditor.get(
      `/admin/audit?actor=${admin.user.username}&target=${id}&limit=2&action=&from=&to=`,
    );
    expect(first.body).toContain('Version 2');
    expect(plain(first.body)).not.toContain('→ "Version 0"');
    const second = await auditor.get(plain(/rel="next" href="([^"]*)"/.exec(first.body)![1]!));
    expect(plain(second.body)).toContain('→ "Version 0"');
    expect(second.body).toContain('rel="prev"');
    const minute = server.clock.now().toISOString().slice(0, 16);
    expect((await auditor.get(`/admin/audit?target=${id}&from=${minute}`)).body).toContain('Version 2');
    expect((await auditor.get(`/admin/audit?target=${id}&to=2020-01-01T00:00`)).body).toContain(
      'nothing here',
    );
    expect((await auditor.get('/admin/audit?cursor=AAAA')).status).toBe(400);
    expect((await auditor.get('/admin/audit?action=client.cloned')).status).toBe(400);
  });

  it('counts what there is', async () => {
    const { body, status } = await auditor.get('/admin');
    expect(status).toBe(200);
    for (const part of ['clients', 'users', 'scopes', 'resources', 'authorizations', 'keys', 'audit'])
      expect(body).toContain(`href="/admin/${part}"`);
  });

  it('shows nowhere a secret, a hash, a key or a token (M05)', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server, aClient());
    const tokens = await rp.tokens({ scope: 'openid offline_access' }, user);
    const made = await admin.post(`/admin/clients/${rp.client.id}/secrets`, { label: 'canary' });
    const rows = await server.sql<{ text: string | null }>(
      `SELECT password_hash AS text FROM gh_user UNION ALL SELECT encode(digest, 'hex') FROM gh_client_secret
       UNION ALL SELECT encode(encrypted_private_key, 'base64') FROM gh_key`,
    );
    const canaries = [
      ...[rp.client.secret!, textOf(made, 'new-secret')!, user.password],
      ...[tokens.access_token, tokens.refresh_token, tokens.id_token],
      ...rows.flatMap(({ text }) => text ?? []),
    ];
    const pages = [
      ...[
        '/admin',
        '/admin/clients?limit=100',
        '/admin/users?limit=100',
        '/admin/scopes',
        '/admin/resources',
      ],
      ...['/admin/authorizations?limit=100', '/admin/keys', '/admin/audit?limit=100'],
      ...[
        `/admin/clients/${rp.client.id}`,
        `/admin/clients/${rp.client.id}/edit`,
        `/admin/clients/${rp.client.id}/delete`,
      ],
      ...[`/admin/users/${user.subject}`, `/admin/users/${user.subject}/edit`],
    ];
    for (const path of pages) {
      const { status, body } = await admin.get(path);
      expect([status, path]).toEqual([200, path]);
      for (const canary of canaries) expect(body).not.toContain(canary);
      expect(body).not.toMatch(/\$argon2|password_hash|-----BEGIN/);
    }
  });
});
